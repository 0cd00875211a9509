// Goal: a topology without a slot is accepted and starts when there is one, as with Storm.
import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { componentId, noResources, type StormId } from '../../storm-api/index.ts';
import { TestControl } from './topology-manager.fixture.ts';
import type { TopologyManager } from './topology-manager.ts';

let control: TestControl;
let manager: TopologyManager;

/** What follows from a timer needs the file system: it is there some time after. */
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 10 });

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
  await eventually(() =>
    expect(manager.cluster().topologies.map((each) => each.name)).not.toContain(name),
  );
}

it('is accepted without a slot, and says that nothing of it runs', async () => {
  const [a, b, c] = await submit('a', 'b', 'c');
  await eventually(() => expect(started()).toEqual([`start ${a} true`, `start ${b} true`]));
  expect(manager.describe(c ?? '')).toMatchObject({
    ...{ status: 'ACTIVE', tasks: 0, executors: 0, workers: 0 },
    ...{ executorList: [], workerList: [] },
    resources: {
      requested: { onHeapMb: 256, offHeapMb: 0, cpuPercent: 20 },
      assigned: noResources,
    },
  });
  const { requested, assigned } = manager.describe(a ?? '').resources;
  expect(assigned).toEqual(requested);
  await eventually(() => expect(manager.cluster()).toMatchObject({ slotsTotal: 2, slotsUsed: 2 }));
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
  await eventually(() => expect(started().at(-1)).toBe(`start ${c} true`));
  await eventually(() => expect(portsOf('c')).toEqual([6700, 6700]));
  await eventually(() =>
    expect(manager.describe(c ?? '')).toMatchObject({ tasks: 3, executors: 2, workers: 1 }),
  );
});

it('is served in the order in which it came', async () => {
  const ids = await submit('a', 'b', 'z', 'c', 'y');
  await removeNow('b');
  await removeNow('a');
  await eventually(() =>
    expect(started()).toEqual(ids.slice(0, 4).map((id) => `start ${id} true`)),
  );
  await eventually(() =>
    expect([portsOf('z'), portsOf('c'), portsOf('y')]).toEqual([[6701, 6701], [6700, 6700], []]),
  );
});

it('is started in the state that it is in by then', async () => {
  const [, , c, d] = await submit('a', 'b', 'c', 'd');
  await manager.deactivate('c');
  await manager.kill('d', 0);
  await control.clock.advance(0);
  await removeNow('a');
  await eventually(() => expect(started().at(-1)).toBe(`start ${c} false`));
  await eventually(() => expect(() => manager.describe(d ?? '')).toThrow());
  expect(control.filesIn('topologies')).toHaveLength(2);
});

it('still waits after a restart, and starts in its turn', async () => {
  const [a, b, , d] = await submit('a', 'b', 'c', 'd');
  await manager.kill('c', 100);
  manager.close('test');
  manager = await control.open();
  await eventually(() => expect(started()).toEqual([`start ${a} true`, `start ${b} true`]));
  await removeNow('b');
  await eventually(() => expect(started().at(-1)).toBe(`start ${d} true`));
});

it('starts when a restart brings more slots, and keeps them', async () => {
  const [a, b, c, d] = await submit('a', 'b', 'c', 'd');
  manager.close('test');
  control.slotPorts = [6700, 6701, 6702];
  manager = await control.open();
  await control.clock.advance(0);
  await eventually(() => expect(started()).toEqual([a, b, c].map((id) => `start ${id} true`)));
  manager.close('test');
  manager = await control.open();
  await eventually(() => expect(portsOf('c')).toEqual([6702, 6702]));
  await eventually(() => expect(portsOf('d')).toEqual([]));
  await eventually(() => expect(manager.describe(d ?? '').status).toBe('ACTIVE'));
});

it('gets the slot of a submission that was refused after all', async () => {
  let refuse = () => {};
  const refusal = new Promise<void>((resolve) => {
    refuse = resolve;
  });
  refusal.catch(() => {}); // also when it comes before the inspection waits for it
  const inspect = async (_: unknown, __: unknown, folder: string) => {
    if (!basename(folder).startsWith('b-')) return [];
    await refusal;
    throw new Error('does not load');
  };
  manager = await control.open({ inspect });
  await submit('a');
  const refused = manager.submit(control.request('b'));
  const [c] = await submit('c');
  expect(started()).toHaveLength(1);
  refuse();
  await expect(refused).rejects.toThrow('does not load');
  await control.clock.advance(0);
  await eventually(() => expect(started().at(-1)).toBe(`start ${c} true`));
});

it('that cannot be started for now gives its slot back and tries again', async () => {
  const [, , c] = await submit('a', 'b', 'c');
  const folder = join(control.localDir, 'topologies', c ?? '');
  rmSync(folder, { recursive: true });
  await removeNow('a');
  await eventually(() => expect(manager.cluster().slotsUsed).toBe(1));
  mkdirSync(folder);
  await control.clock.advance(5);
  await eventually(() => expect(started().at(-1)).toBe(`start ${c} true`));
});
