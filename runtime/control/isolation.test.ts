// Goal: a component that held up the others of its process gets one of its own, once and for good.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { componentId, StormConf, type StormId } from '../../storm-api/index.ts';
import { TestControl, wordTopology } from './topology-manager.fixture.ts';
import type { TopologyManager } from './topology-manager.ts';

const ownProcess = 'component count has a process of its own';
let control: TestControl;
let manager: TopologyManager;
let id: StormId;

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 10 });

beforeEach(async () => {
  control = new TestControl();
  manager = await control.open();
  const topology = wordTopology('word');
  const components = topology.components.map((each) => ({
    ...each,
    implementation: { kind: 'native' } as const,
  }));
  id = await manager.submit(control.request('word', { topology: { ...topology, components } }));
});
afterEach(() => control.remove());

const starts = () => control.engine.told.filter((each) => each === `start ${id} true`).length;
const problem = () => manager.describe(id).problem;

async function stuck(component: string): Promise<void> {
  control.engine.listeners.get(id)?.onStuck(componentId(component));
  await control.clock.advance(0);
  await control.clock.advance(0);
}

/** The components of each process. */
function processes(): readonly string[] {
  const { workers = [], executors = [] } = control.engine.deployments.get(id)?.plan ?? {};
  return workers.map(({ index, port }) => {
    const own = executors.filter(({ worker }) => worker === index);
    return `${port} ${own.map(({ component }) => component).join(' ')}`;
  });
}

it('places a component that kept the thread by itself, on the slot that it had', async () => {
  expect([processes(), problem()]).toEqual([['6700 count words'], null]);
  await stuck('count');
  await eventually(() => expect(processes()).toEqual(['6700 words', '6700 count']));
  expect(problem()).toContain(ownProcess);
  expect(manager.describe(id)).toMatchObject({ status: 'ACTIVE', workers: 1 });
});

it('leaves a component that is by itself already to its restarts', async () => {
  await stuck('count');
  await eventually(() => expect(starts()).toBe(2));
  control.engine.told.length = 0;
  await stuck('count');
  await stuck('words');
  expect(control.engine.told).toEqual([]);
});

it('is kept by a rebalance and by the next control plane', async () => {
  await stuck('count');
  await eventually(() => expect(starts()).toBe(2));
  await manager.rebalance('word', {
    ...{ waitSecs: 0, workers: 2, executors: new Map(), overrides: StormConf.empty },
  });
  await control.clock.advance(0);
  await eventually(() => expect(starts()).toBe(3));
  expect(processes()).toEqual(['6700 words', '6700 count']);
  manager.close('the test goes on with another one');
  manager = await control.open();
  expect(processes()).toEqual(['6700 words', '6700 count']);
  expect(problem()).toContain(ownProcess);
});

it('moves nothing of a topology that is being killed', async () => {
  await manager.kill('word', 20);
  await stuck('count');
  expect(processes()).toEqual(['6700 count words']);
  expect(manager.describe(id).status).toBe('KILLED');
});
