import { expect, it } from 'vitest';
import { componentId } from '../storm-api/index.ts';
import { findCycles } from './cycles.ts';
import { bolt, spout, topologyOf } from './topology.fixture.ts';

const shuffle = { kind: 'shuffle' } as const;

it('a graph without a way back has no cycle', () => {
  const topology = topologyOf([
    spout('s'),
    bolt('a', { inputs: { s: shuffle } }),
    bolt('b', { inputs: { s: shuffle, a: shuffle } }),
  ]);
  expect(findCycles(topology).size).toBe(0);
});

it('separate cycles and a bolt that feeds itself have ordinals of their own', () => {
  const topology = topologyOf([
    spout('s'),
    bolt('a', { inputs: { s: shuffle, c: shuffle } }),
    bolt('b', { inputs: { a: shuffle } }),
    bolt('c', { inputs: { b: shuffle } }),
    bolt('self', { inputs: { c: shuffle, self: shuffle } }),
    bolt('end', { inputs: { self: shuffle } }),
  ]);
  const cycles = findCycles(topology);
  const of = (id: string) => cycles.get(componentId(id));
  expect(of('a')).toBeDefined();
  expect([of('b'), of('c')]).toEqual([of('a'), of('a')]);
  expect([of('a'), of('self')].sort()).toEqual([0, 1]);
  expect([of('s'), of('end')]).toEqual([undefined, undefined]);
});

it('two ways round through one bolt are one cycle', () => {
  const topology = topologyOf([
    bolt('hub', { inputs: { left: shuffle, right: shuffle } }),
    bolt('left', { inputs: { hub: shuffle } }),
    bolt('right', { inputs: { hub: shuffle } }),
  ]);
  expect([...findCycles(topology).values()]).toEqual([0, 0, 0]);
});

it('a ring of twenty thousand bolts does not exhaust the stack', () => {
  const length = 20_000;
  const ring = Array.from({ length }, (_, index) =>
    bolt(`b${index}`, { inputs: { [`b${(index + 1) % length}`]: shuffle } }),
  );
  expect(findCycles(topologyOf(ring)).size).toBe(length);
});
