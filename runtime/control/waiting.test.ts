// Goal: a topology without a slot is accepted and starts when there is one, as with Storm.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { componentId, type StormId } from '../../storm-api/index.ts';
import { TestControl } from './topology-manager.fixture.ts';
import type { TopologyManager } from './topology-manager.ts';

let control: TestControl;
let manager: TopologyManager;

beforeEach(async () => {
  control = new TestControl();
  manager = await control.open();
});
afterEach(() => control.remove());

async function submit(...names: readonly string[]): Promise<readonly StormId[]> {
  const ids: StormId[] = [];
  for (const name of names) ids.push(await manager.submit(control.request(name)));
  return ids;
}

const started = () => control.engine.told.filter((each) => each.startsWith('start'));
const portsOf = (name: string) => {
  const { id } = manager.cluster().topologies.find((each) => each.name === name) ?? {};
  return manager.describe(id ?? '').executorList.map(({ port }) => port);
};

async function removeNow(name: string): Promise<void> {
  await manager.kill(name, 0);
  await control.clock.advance(0);
}

it('is accepted without a slot, and says that nothing of it runs', async () => {
  const [a, b, c] = await submit('a', 'b', 'c');
  expect(started()).toEqual([`start ${a} true`, `start ${b} true`]);
  expect(manager.describe(c ?? '')).toMatchObject({
    ...{ status: 'ACTIVE', tasks: 0, executors: 0, workers: 0 },
    ...{ executorList: [], workerList: [] },
  });
  expect(manager.cluster()).toMatchObject({ slotsTotal: 2, slotsUsed: 2 });
  const look = { component: componentId('words'), stream: null, all: false };
  await expect(manager.peek('c', look, { onTuples: () => {}, onEnd: () => {} })).rejects.toThrow(
    'c waits for a free slot',
  );
});

it('starts when the workers of a killed topology are gone, not before', async () => {
  const [, , c] = await submit('a', 'b', 'c');
  await manager.kill('a', 30);
  await control.clock.advance(29);
  expect(started()).toHaveLength(2);
  await control.clock.advance(1);
  expect(started().at(-1)).toBe(`start ${c} true`);
  expect(portsOf('c')).toEqual([6700, 6700]);
  expect(manager.describe(c ?? '')).toMatchObject({ tasks: 3, executors: 2, workers: 1 });
});

it('is served in the order in which it came', async () => {
  const ids = await submit('a', 'b', 'z', 'c', 'y');
  await removeNow('b');
  await removeNow('a');
  expect(started()).toEqual(ids.slice(0, 4).map((id) => `start ${id} true`));
  expect([portsOf('z'), portsOf('c'), portsOf('y')]).toEqual([[6701, 6701], [6700, 6700], []]);
});

it('is started in the state that it is in by then', async () => {
  const [, , c, d] = await submit('a', 'b', 'c', 'd');
  await manager.deactivate('c');
  await manager.kill('d', 0);
  await control.clock.advance(0);
  await removeNow('a');
  expect(started().at(-1)).toBe(`start ${c} false`);
  expect(() => manager.describe(d ?? '')).toThrow();
  expect(control.filesIn('topologies')).toHaveLength(2);
});

it('still waits after a restart, and starts in its turn', async () => {
  const [a, b, , d] = await submit('a', 'b', 'c', 'd');
  await manager.kill('c', 100);
  manager.close('test');
  manager = await control.open();
  expect(started()).toEqual([`start ${a} true`, `start ${b} true`]);
  await removeNow('b');
  expect(started().at(-1)).toBe(`start ${d} true`);
});

it('starts when a restart brings more slots, and keeps them', async () => {
  const [a, b, c, d] = await submit('a', 'b', 'c', 'd');
  manager.close('test');
  control.slotPorts = [6700, 6701, 6702];
  manager = await control.open();
  await control.clock.advance(0);
  expect(started()).toEqual([a, b, c].map((id) => `start ${id} true`));
  manager.close('test');
  manager = await control.open();
  expect(portsOf('c')).toEqual([6702, 6702]);
  expect(portsOf('d')).toEqual([]);
  expect(manager.describe(d ?? '').status).toBe('ACTIVE');
});

it('gets the slot of a submission that was refused after all', async () => {
  let refuse = () => {};
  let inspections = 0;
  manager = await control.open({
    inspect: () =>
      inspections++ === 1
        ? new Promise((_, reject) => {
            refuse = () => reject(new Error('does not load'));
          })
        : Promise.resolve(),
  });
  await submit('a');
  const refused = manager.submit(control.request('b'));
  const [c] = await submit('c');
  expect(started()).toHaveLength(1);
  refuse();
  await expect(refused).rejects.toThrow('does not load');
  await control.clock.advance(0);
  expect(started().at(-1)).toBe(`start ${c} true`);
});

it('that cannot be started for now gives its slot back and tries again', async () => {
  const [, , c] = await submit('a', 'b', 'c');
  const folder = join(control.localDir, 'topologies', c ?? '');
  rmSync(folder, { recursive: true });
  await removeNow('a');
  expect(manager.cluster().slotsUsed).toBe(1);
  mkdirSync(folder);
  await control.clock.advance(5);
  expect(started().at(-1)).toBe(`start ${c} true`);
});
