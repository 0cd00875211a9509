import { expect, it } from 'vitest';
import {
  type ComponentStatistics,
  componentId,
  type ExecutorStatistics,
  noResources,
  stormId,
  streamId,
  type TopologyStatistics,
  taskId,
} from '../../storm-api/index.ts';
import type { GraphMessage } from './messages.ts';
import { topologyFacts, topologyMessage } from './topology-message.ts';

const spread = { timed: 9, p50Ms: 1.234_567, p95Ms: 2.345_678, p99Ms: 3.456_789, maxMs: 9.876_543 };
const rates = {
  emitted: 12_345.678,
  transferred: 12_345.678,
  executed: 12_345.678,
  acked: 1,
  failed: 0,
};
const counts = {
  emitted: new Map([
    [streamId('default'), 5_000_000],
    [streamId('__metrics'), 7],
  ]),
  transferred: new Map([[streamId('default'), 5_000_000]]),
  acked: [],
  failed: [],
  executed: [],
};

function activity(source: string) {
  return {
    windows: new Map([[':all-time' as const, counts]]),
    rates,
    inputRates: [{ source: componentId(source), stream: streamId('default'), perSec: 10.5 }],
    latencies: { queue: spread, execute: spread, process: spread, complete: null },
    time: { busy: 0.512_345, idle: 0.3, backpressured: 0.187_655 },
    queue: { tuples: 100, tuplesMax: 2048, bytes: null, waitMs: 1.5 },
    capacity: 0.512_345,
    timedOut: null,
  };
}

function component(index: number, tasks: number): ComponentStatistics {
  const kind = index === 0 ? 'spout' : 'bolt';
  const id = componentId(`component-${index}`);
  const told = { lags: [], subprocessRestarts: [] };
  return { id, kind, executors: tasks, tasks, ...told, ...activity(`component-${index - 1}`) };
}

function executor(component: number, task: number): ExecutorStatistics {
  const [firstTask, lastTask] = [taskId(task), taskId(task)];
  const place = { worker: task % 2, host: 'here', port: 6700, uptimeSecs: 100 };
  const id = componentId(`component-${component}`);
  return { component: id, firstTask, lastTask, ...place, ...activity('component-0') };
}

/** A chain of components with as many tasks each. */
function chain(components: number, tasksEach: number): [TopologyStatistics, GraphMessage] {
  const indexes = Array.from({ length: components }, (_, index) => index);
  const list = indexes.map((index) => component(index, tasksEach));
  const tasks = Array.from({ length: tasksEach }, (_, task) => task + 1);
  const topology: TopologyStatistics = {
    ...{ id: stormId('chain-1-1'), name: 'chain', status: 'ACTIVE', problem: null, owner: '' },
    resources: { requested: noResources, assigned: noResources },
    ...{ uptimeSecs: 9, tasks: components * tasksEach, executors: components * tasksEach },
    ...{ workers: 1, timeMs: 1, workerList: [], errorGroups: [], bottleneck: null },
    components: list,
    executorList: indexes.flatMap((index) => tasks.map((task) => executor(index, task))),
  };
  const edges = list.slice(1).map(({ id }, index) => ({
    ...{ source: `component-${index}`, stream: 'default', target: id, grouping: 'shuffle' },
  }));
  return [
    topology,
    { id: 'chain-1-1', name: 'chain', generation: 'storm-0.9', components: [], edges },
  ];
}

it('tells 100 components of 1,000 tasks in less than 100 KB a second, with the executors of one', () => {
  const [topology, graph] = chain(100, 10);
  const text = JSON.stringify(topologyMessage(topology, graph, 'component-5'));
  expect(text.length).toBeLessThan(100_000);
});

it('tells the rate of each edge, and totals without the streams of Storm itself', () => {
  const [topology, graph] = chain(3, 2);
  const message = topologyMessage(topology, graph, null);
  expect(message.edgesPerSec).toEqual([10.5, 10.5]);
  expect(message.components[0]?.totals.emitted).toBe(5_000_000);
  expect(message.executorList).toBeNull();
});

it('tells of each process what it runs, also where two share a slot', () => {
  const [topology, graph] = chain(2, 3);
  const worker = { host: 'here', port: 6700, pid: 7, state: 'running' as const, restarts: 0 };
  const since = { uptimeSecs: 1, restartsAtMs: null, lastExit: null, logFile: '' };
  const workerList = [
    { ...worker, ...since },
    { ...worker, ...since, pid: 8 },
  ];
  const executorList = [
    ...topology.executorList,
    { ...executor(0, 4), component: componentId('__acker') },
  ];
  const message = topologyMessage({ ...topology, workerList, executorList }, graph, null);
  const components = ['component-0', 'component-1'];
  expect(message.workerList).toMatchObject([
    { pid: 7, executors: 3, components },
    { pid: 8, executors: 4, components },
  ]);
});

it('bounds the executors of a component, the busiest first', () => {
  const [topology, graph] = chain(1, 1000);
  const busy = { busy: 0.9, idle: 0.1, backpressured: 0 };
  const executorList = topology.executorList.map((each) =>
    each.firstTask === 777 ? { ...each, time: busy } : each,
  );
  const message = topologyMessage({ ...topology, executorList }, graph, 'component-0');
  expect(message.executorList).toHaveLength(100);
  expect(message.executorList?.[0]?.firstTask).toBe(777);
});

it('calls a topology bad that has a problem, busy when a component holds up others, else good', () => {
  const [topology] = chain(2, 1);
  expect(topologyFacts(topology).health).toBe('good');
  expect(topologyFacts({ ...topology, bottleneck: componentId('component-1') }).health).toBe(
    'busy',
  );
  expect(topologyFacts({ ...topology, status: 'INACTIVE' }).health).toBe('stopped');
  expect(topologyFacts({ ...topology, problem: 'waits for a slot' }).health).toBe('bad');
});
