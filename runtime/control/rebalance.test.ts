// Goal: a rebalance goes through Storm's states and ends with the same tasks in other executors.
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  componentId,
  InvalidStateError,
  InvalidTopologyError,
  NotAliveError,
  type RebalanceRequest,
  StormConf,
  type StormId,
} from '../../storm-api/index.ts';
import { TestControl, wordTopology } from './topology-manager.fixture.ts';
import type { TopologyManager } from './topology-manager.ts';

let control: TestControl;
let manager: TopologyManager;
let id: StormId;

/** What follows from a timer needs the file system: it is there some time after. */
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 10 });

beforeEach(async () => {
  control = new TestControl();
  manager = await control.open();
  id = await manager.submit(control.request('word', { topology: fourCounters() }));
  control.engine.told.length = 0;
});
afterEach(() => control.remove());

/** Four tasks of count in two executors; three acker tasks. */
function fourCounters(config: Readonly<Record<string, unknown>> = {}) {
  const topology = wordTopology('word');
  const components = topology.components.map((each) =>
    each.id === 'count'
      ? { ...each, parallelismHint: 2, config: StormConf.of({ 'topology.tasks': 4 }) }
      : each,
  );
  const ours = StormConf.of({ 'topology.acker.executors': 3, ...config });
  return { ...topology, config: ours, components };
}

const unchanged: Omit<RebalanceRequest, 'waitSecs'> = {
  workers: null,
  executors: new Map(),
  overrides: StormConf.empty,
};

async function rebalance(change: Partial<RebalanceRequest> = {}): Promise<void> {
  await manager.rebalance('word', { ...unchanged, waitSecs: 10, ...change });
}

async function rebalanceNow(change: Partial<RebalanceRequest>): Promise<void> {
  const starts = control.engine.told.length;
  await rebalance({ waitSecs: 0, ...change });
  await control.clock.advance(0);
  await eventually(() => expect(control.engine.told.slice(starts)).toContain(`start ${id} true`));
}

const counters = (count: number) => ({ executors: new Map([[componentId('count'), count]]) });
const status = () => manager.describe(id).status;
const told = () => control.engine.told.map((each) => each.replace(id, '').replace(/ +/g, ' '));
const ranges = () =>
  manager
    .describe(id)
    .executorList.map(({ firstTask, lastTask, port }) => `${firstTask}-${lastTask}@${port}`);

// clause: rebalance
it('turns the spouts off at once, and after the wait starts anew on what was asked for', async () => {
  await eventually(() => expect(ranges()).toEqual(['4-5@6700', '6-7@6700', '8-8@6700']));
  await rebalance({ workers: 2, ...counters(4) });
  expect([status(), told()]).toEqual(['REBALANCING', ['setActive false']]);
  await control.clock.advance(9);
  await eventually(() => expect(told()).toEqual(['setActive false']));
  await control.clock.advance(1);
  await eventually(() =>
    expect([status(), told()]).toEqual(['ACTIVE', ['setActive false', 'stop ', 'start true']]),
  );
  await eventually(() =>
    expect(ranges()).toEqual(['4-4@6700', '5-5@6701', '6-6@6700', '7-7@6701', '8-8@6700']),
  );
  const { files, plan } = control.engine.deployments.get(id) ?? {};
  await eventually(() => expect(JSON.parse(readFileSync(files?.plan ?? '', 'utf8'))).toEqual(plan));
  await eventually(() =>
    expect(manager.describe(id)).toMatchObject({ tasks: 8, executors: 5, workers: 2 }),
  );
});

it('waits for the message timeout unless told otherwise', async () => {
  await rebalance({ waitSecs: null });
  await control.clock.advance(29);
  expect(status()).toBe('REBALANCING');
  await control.clock.advance(1);
  await eventually(() => expect(status()).toBe('ACTIVE'));
});

it('leaves an inactive topology inactive', async () => {
  await manager.deactivate('word');
  await rebalance({ waitSecs: 0 });
  await control.clock.advance(0);
  await eventually(() => expect(status()).toBe('INACTIVE'));
  await eventually(() => expect(told().at(-1)).toBe('start false'));
});

it('cannot be changed while it goes on, only killed', async () => {
  await rebalance();
  for (const change of [manager.activate('word'), manager.deactivate('word'), rebalance()]) {
    await expect(change).rejects.toThrow(InvalidStateError);
  }
  await manager.kill('word', 20);
  expect(status()).toBe('KILLED');
  await control.clock.advance(15);
  expect(told()).not.toContain('stop ');
  await control.clock.advance(5);
  await eventually(() => expect(manager.cluster().topologies).toEqual([]));
});

it('is overruled by a kill that comes while the workers end', async () => {
  let ended = () => {};
  control.engine.stopping = new Promise((resolve) => {
    ended = resolve;
  });
  await rebalance({ waitSecs: 0 });
  await control.clock.advance(0);
  await manager.kill('word', 20);
  ended();
  await control.clock.advance(0);
  expect(status()).toBe('KILLED');
  expect(told()).not.toContain('start true');
});

it.each<[string, Partial<RebalanceRequest>]>([
  ['Number of executors must be greater than 0', counters(0)],
  ['Number of workers must be greater than 0', { workers: 0 }],
  ['Component: [nobody] does not exist', { executors: new Map([[componentId('nobody'), 1]]) }],
])('is refused: %s', async (message, change) => {
  await expect(rebalance(change)).rejects.toThrow(new InvalidTopologyError(message));
  expect([status(), told()]).toEqual(['ACTIVE', []]);
});

it('changes the configuration that components and workers get, and only then', async () => {
  const config = () => manager.describe(id).config;
  const count = () => {
    const { plan } = control.engine.deployments.get(id) ?? {};
    return JSON.parse(plan?.processors.find((each) => each.id === 'count')?.configJson ?? '{}');
  };
  const overrides = StormConf.fromJson('{"topology.debug":true,"topology.tasks":9,"acme":1.0}');
  await rebalance({ overrides });
  expect(config().get('topology.debug')).not.toBe(true);
  manager.close('test');
  manager = await control.open();
  await control.clock.advance(10);
  await eventually(() => expect(status()).toBe('ACTIVE'));
  expect(config().text('acme')).toBe('1.0');
  expect(count()).toMatchObject({ 'topology.debug': true, acme: 1 });
  // Its components say themselves how many tasks they have.
  await eventually(() => expect(ranges()).toEqual(['4-5@6700', '6-7@6700', '8-8@6700']));
  manager.close('test');
  manager = await control.open();
  expect(config().get('topology.debug')).toBe(true);
});

it('changes the class path that its workers get', async () => {
  const classPath = () => control.engine.deployments.get(id)?.classPath ?? [];
  const before = classPath();
  const overrides = StormConf.of({ 'topology.classpath': control.localDir });
  await rebalanceNow({ overrides });
  expect(classPath()).toEqual([...before, control.localDir]);
});

it('is refused when a class that it needs is not there, before anything moves', async () => {
  const needed: unknown[] = [];
  manager.close('test');
  manager = await control.open({
    inspect: async (_host, { hookClasses, classPath }) => {
      needed.push([hookClasses, classPath.at(-1)]);
      throw new InvalidTopologyError('acme.Hook is nowhere');
    },
  });
  control.engine.told.length = 0;
  const overrides = StormConf.of({
    'topology.auto.task.hooks': ['acme.Hook'],
    'topology.classpath': control.localDir,
  });
  await expect(rebalance({ overrides })).rejects.toThrow('acme.Hook is nowhere');
  expect(needed).toEqual([[['acme.Hook'], control.localDir]]);
  expect([status(), told()]).toEqual(['ACTIVE', []]);
  await rebalance({ overrides: StormConf.of({ 'topology.debug': true }) });
  expect(needed).toHaveLength(1);
});

it('says that the topology is gone when it is killed while its classes are looked for', async () => {
  manager.close('test');
  manager = await control.open({
    inspect: async () => {
      await manager.kill('word', 0);
      await control.clock.advance(0);
      await eventually(() => expect(manager.cluster().topologies).toEqual([]));
      throw new Error('ENOENT: no such file or directory');
    },
  });
  const overrides = StormConf.of({ 'topology.classpath': control.localDir });
  await expect(rebalance({ overrides })).rejects.toThrow(NotAliveError);
});

it.each([
  ['{"topology.classpath":12}', 'topology.classpath must be a string or a list of strings, not 12'],
  ['{"topology.acker.executors":5}', 'a rebalance cannot change which tasks there are, as '],
  ['{"transactional.zookeeper.port":1}', 'transactional.zookeeper.port cannot be changed by a '],
  ['{"gearstorm.mailbox.tuples":"few"}', 'gearstorm.mailbox.tuples must be a number'],
])('of the configuration, %s is refused', async (json, sentence) => {
  await expect(rebalance({ overrides: StormConf.fromJson(json) })).rejects.toThrow(sentence);
  expect([status(), told()]).toEqual(['ACTIVE', []]);
});

it('of what does not live is refused', async () => {
  const request = { ...unchanged, waitSecs: 0 };
  await expect(manager.rebalance('nobody', request)).rejects.toThrow(NotAliveError);
  await manager.kill('word', 10);
  await expect(rebalance()).rejects.toThrow('word is being killed');
});

it('goes on after a restart, and what it changed stays', async () => {
  await rebalance({ workers: 2, ...counters(1) });
  manager.close('test');
  await control.clock.advance(4);
  manager = await control.open();
  expect([status(), told()]).toEqual(['REBALANCING', ['start false']]);
  await control.clock.advance(6);
  await eventually(() => expect(told()).toEqual(['start false', 'stop ', 'start true']));
  manager.close('test');
  manager = await control.open();
  await eventually(() => expect([status(), told()]).toEqual(['ACTIVE', ['start true']]));
  await eventually(() => expect(ranges()).toEqual(['4-7@6700', '8-8@6701']));
  await rebalanceNow(counters(2));
  await eventually(() => expect(ranges()).toEqual(['4-5@6700', '6-7@6701', '8-8@6700']));
});

// clause: more-slots
it('gives a topology that started on fewer slots than it wanted the rest, once they are free', async () => {
  const topology = { ...fourCounters({ 'topology.workers': 3 }), name: 'wide' };
  const id = await manager.submit(control.request('wide', { topology }));
  const wide = () => manager.cluster().topologies.find(({ name }) => name === 'wide');
  await eventually(() => expect(wide()).toMatchObject({ workers: 1, status: 'ACTIVE' }));
  expect(wide()?.problem).toBe('has 1 of 3 workers, no other slot is free');
  await manager.kill('word', 0);
  await control.clock.advance(0);
  await eventually(() => expect(wide()?.status).toBe('REBALANCING'));
  await control.clock.advance(0);
  await eventually(() => expect(wide()).toMatchObject({ workers: 2, status: 'ACTIVE' }));
  expect(control.engine.told.slice(-2)).toEqual([`stop ${id}`, `start ${id} true`]);
});

it('leaves free slots to who waits before it takes more of them', async () => {
  const topology = { ...fourCounters({ 'topology.workers': 3 }), name: 'wide' };
  await manager.submit(control.request('wide', { topology }));
  const waiting = await manager.submit(control.request('waiting'));
  const workers = () => manager.cluster().topologies.map((each) => [each.name, each.workers]);
  await manager.kill('word', 0);
  await control.clock.advance(0);
  await eventually(() =>
    expect(workers()).toEqual([
      ['wide', 1],
      ['waiting', 1],
    ]),
  );
  await eventually(() => expect(manager.describe(waiting).problem).toBeNull());
  await control.clock.advance(0);
  expect(workers()).toEqual([
    ['wide', 1],
    ['waiting', 1],
  ]);
});

it('gives slots that it leaves to who waits for one', async () => {
  await rebalanceNow({ workers: 2 });
  const other = await manager.submit(control.request('other'));
  await eventually(() => expect(manager.describe(other).workers).toBe(0));
  await rebalanceNow({ workers: 1 });
  await eventually(() => expect(manager.describe(other).workers).toBe(1));
});

it('tries again when the new plan cannot be stored', async () => {
  const put = control.store.put.bind(control.store);
  await rebalance({ waitSecs: 0, workers: 2 });
  control.store.put = () => Promise.reject(new Error('no store'));
  await control.clock.advance(0);
  expect(status()).toBe('REBALANCING');
  control.store.put = put;
  await control.clock.advance(5);
  await control.clock.advance(0);
  await eventually(() => expect([status(), manager.describe(id).workers]).toEqual(['ACTIVE', 2]));
});

it.each(['before', 'after'])(
  'is repeated when serve died %s the new plan was stored',
  async (when) => {
    await rebalance({ waitSecs: 0, workers: 2 });
    const { files } = control.engine.deployments.get(id) ?? {};
    const put = control.store.put.bind(control.store);
    let puts = 0;
    control.store.put = () => {
      puts++;
      return Promise.reject(new Error('power cut'));
    };
    if (when === 'before') control.engine.stopping = new Promise(() => {});
    await control.clock.advance(0);
    await eventually(() => expect(puts).toBe(when === 'after' ? 1 : 0));
    const stored = JSON.parse(readFileSync(files?.plan ?? '', 'utf8'));
    expect(stored.workers).toHaveLength(when === 'after' ? 2 : 1);
    manager.close('test');
    control.store.put = put;
    manager = await control.open();
    expect(status()).toBe('REBALANCING');
    await control.clock.advance(0);
    await eventually(() => expect([status(), manager.describe(id).workers]).toEqual(['ACTIVE', 2]));
    await eventually(() => expect(told().at(-1)).toBe('start true'));
  },
);

it('loses no counts when executors become fewer', async () => {
  const report = (workerToken: string, firstTask: number, lastTask: number, count: number) =>
    control.engine.listeners.get(id)?.onStats({
      port: 6700,
      workerToken,
      executors: [
        {
          ...{ component: 'count', firstTask, lastTask, uptimeMs: 1 },
          emitted: [{ stream: 'default', count }],
          ...{ transferred: [], acked: [], failed: [], executed: [], timedOut: null },
          ...{ executeLatency: [], ackLatency: [], queueLatency: [] },
          ...{ busyMs: 0, backpressuredMs: 0, queue: null },
        },
      ],
    });
  report('old', 4, 5, 10);
  report('old', 6, 7, 20);
  await rebalanceNow(counters(1));
  report('new', 4, 7, 3);
  const [count] = manager.describe(id).executorList;
  expect(count?.counts?.emitted).toEqual(new Map([['default', 33]]));
});
