import { expect, it } from 'vitest';
import {
  componentId,
  stormId,
  streamId,
  taskId,
  type WorkerDescription,
} from '../../../storm-api/index.ts';
import type { ExecutionPlan } from '../../../translator/index.ts';
import { executed } from './statistics.fixture.ts';
import { StatisticsBook } from './statistics-book.ts';
import { StatisticsView } from './statistics-view.ts';
import type { StatisticsParts } from './topology-statistics.ts';

const count = componentId('count');
const running: WorkerDescription = {
  ...{ port: 6700, host: 'here', pid: 1, state: 'running', restarts: 0, uptimeSecs: 1 },
  ...{ restartsAtMs: null, lastExit: null, logFile: '' },
};
const plan: ExecutionPlan = {
  ...{ planVersion: 2, stormId: stormId('a-1-1'), topologyName: 'a', generation: 'storm-0.9' },
  yamlKeys: [],
  processors: [
    {
      ...{ id: count, kind: 'bolt', host: 'java', tasks: [taskId(1)], configJson: '{}' },
      ...{ ownConfigKeys: [], cycle: null, shell: null },
      streams: [{ id: streamId('default'), fields: ['n'], direct: false }],
    },
  ],
  executors: [{ component: count, firstTask: taskId(1), lastTask: taskId(1), worker: 0 }],
  workers: [{ index: 0, port: 6700, host: 'java' }],
  routes: [],
};

const book = StatisticsBook.empty();
const view = new StatisticsView();

function parts(changes: Partial<StatisticsParts> = {}): StatisticsParts {
  return { plan, workerList: [running], hostName: 'here', book, nowMs: 2_000_000, ...changes };
}

function report(amount: number): void {
  book.record({ port: 6700, workerToken: 'one', executors: [executed(amount)] }, 2_000_000);
}

it('works numbers out anew after a report, another state of a worker, another plan, or a second', () => {
  report(5);
  const first = view.of(parts()).executorList;
  expect(view.of(parts({ nowMs: 2_000_999 })).executorList).toBe(first);
  const restarted = { ...running, restarts: 1 };
  expect(view.of(parts({ workerList: [restarted] })).executorList).toBe(first);
  report(9);
  const second = view.of(parts());
  expect(second.components[0]?.windows.get(':all-time')?.executed[0]?.count).toBe(9);
  const ended = view.of(parts({ workerList: [{ ...running, state: 'backing-off' }] }));
  expect(ended.executorList[0]?.time).toBeNull();
  expect(view.of(parts({ plan: { ...plan, executors: [] } })).executorList).toEqual([]);
  const again = view.of(parts()).executorList;
  expect(view.of(parts({ nowMs: 2_001_000 })).executorList).not.toBe(again);
});

it('counts the ends of subprocesses by task, of components that have them', () => {
  const tasks = [taskId(1), taskId(2)];
  const shell = { command: ['python'], environment: {} };
  const processors = plan.processors.map((each) => ({ ...each, tasks, shell }));
  const restarts = () =>
    view.of(parts({ plan: { ...plan, processors } })).components[0]?.subprocessRestarts;
  expect(view.of(parts()).components[0]?.subprocessRestarts).toEqual([]);
  const none = tasks.map((task) => ({ task, restarts: 0 }));
  expect(restarts()).toEqual(none);
  book.recordSubprocessEnd(taskId(2));
  book.recordSubprocessEnd(taskId(2));
  expect(restarts()).toEqual([none[0], { task: 2, restarts: 2 }]);
});
