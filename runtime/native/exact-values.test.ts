import { expect, it } from 'vitest';
import {
  basicBolt,
  bolt,
  Double,
  field,
  Int,
  spout,
  TopologyBuilder,
  type Tuple,
} from '../../storm-api/builder/index.ts';
import { testTopology } from './test-topology.ts';

const source = spout({
  streams: { default: { value: field<unknown>() } },
  open: () => ({ nextTuple: () => {} }),
});

it('a bolt reads Doubles and Ints as numbers, and sees what they are when it asks', async () => {
  const seen: unknown[] = [];
  const reader = basicBolt({
    streams: {},
    execute: ({ values, list, exact }: Tuple<{ value: unknown }>) => {
      seen.push(values.value, list, exact);
    },
  });
  const program = new TopologyBuilder('reader')
    .setSpout('source', source)
    .setBolt('reader', reader)
    .fieldsGrouping('source', ['value'])
    .build();
  const value = [new Double(1), { n: new Int(2) }];
  await testTopology(program, { source: [{ value }] });
  expect(seen).toEqual([[1, { n: 2 }], [[1, { n: 2 }]], [value]]);
});

it('what could not cross to another process is refused where it is emitted', async () => {
  const setMaker = bolt({
    streams: { default: { words: field<unknown>() } },
    prepare: (_, collector) => ({
      execute: (tuple: Tuple<{ value: unknown }>) => {
        collector.emit({ words: [new Set(['a'])] }, { anchors: tuple });
      },
    }),
  });
  const program = new TopologyBuilder('refused')
    .setSpout('source', source)
    .setBolt('set-maker', setMaker)
    .shuffleGrouping('source')
    .build();
  const { errors, failed } = await testTopology(program, { source: [{ value: 1 }] });
  expect(failed('source')).toEqual([0]);
  expect(String(errors[0]?.error)).toBe(
    'TypeError: set-maker emits to stream default a field words that cannot cross to another process: an object of class Set has no counterpart in Java; emit a plain object, a list or a map of what it holds',
  );
});
