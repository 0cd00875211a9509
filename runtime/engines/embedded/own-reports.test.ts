import { beforeEach, expect, it } from 'vitest';
import type { ExecutionPlan } from '../../../translator/index.ts';
import type { Logger } from '../../logger.ts';
import type { ExecutorStats } from '../../wire/index.ts';
import { OwnReports } from './own-reports.ts';

const plan = {
  executors: [
    { component: 'words', firstTask: 1, lastTask: 1, worker: 0 },
    { component: 'count', firstTask: 2, lastTask: 3, worker: 1 },
    { component: 'sink', firstTask: 4, lastTask: 4, worker: 0 },
  ],
} as unknown as ExecutionPlan;

let warnings: unknown[];
let reports: OwnReports;

beforeEach(() => {
  warnings = [];
  const logger: Logger = {
    warn: (fields, message) => warnings.push([fields, message]),
    ...{ info: () => {}, error: () => {}, child: () => logger },
  };
  reports = new OwnReports(plan, 1, logger);
});

function executor(component: string, firstTask: number, lastTask: number): ExecutorStats {
  return { component, firstTask, lastTask } as ExecutorStats;
}

const own = { component: 'count', task: 3 };
/** Of another worker, of nobody, and of another component. */
const foreign = [
  { component: 'words', task: 1 },
  { component: 'count', task: 2 ** 40 },
  { component: 'sink', task: 3 },
];

it('counts of an executor are those of one that the plan gives the worker, whole', () => {
  const good = executor('count', 2, 3);
  const bad = [executor('words', 1, 1), executor('count', 2, 9), executor('sink', 2, 3)];
  const stats = { type: 'stats', executors: [good] } as const;
  expect(reports.filter(stats)).toBe(stats);
  expect(reports.filter({ type: 'stats', executors: [...bad, good] })).toEqual(stats);
  expect(reports.filter({ type: 'stats', executors: bad })).toBe(null);
});

it('lag is that of a task of the worker', () => {
  const lag = { type: 'lag', timeMs: 1, partitions: [] } as const;
  expect(reports.filter({ ...lag, ...own })).toEqual({ ...lag, ...own });
  expect(foreign.map((each) => reports.filter({ ...lag, ...each }))).toEqual([null, null, null]);
});

it('the subprocess that ended is that of a task of the worker', () => {
  const ended = { type: 'subprocess-ended' } as const;
  expect(reports.filter({ ...ended, ...own })).toEqual({ ...ended, ...own });
  expect(foreign.map((each) => reports.filter({ ...ended, ...each }))).toEqual([null, null, null]);
});

it('what keeps the thread is a task of the worker', () => {
  const stuck = { type: 'stuck' } as const;
  expect(reports.filter({ ...stuck, ...own })).toEqual({ ...stuck, ...own });
  expect(foreign.map((each) => reports.filter({ ...stuck, ...each }))).toEqual([null, null, null]);
});

it('an error is that of a task of the worker, or of a component that it runs', () => {
  const error = { type: 'error', timeMs: 1, message: 'no' } as const;
  expect(reports.filter({ ...error, ...own })).toEqual({ ...error, ...own });
  const ofNoTask = { ...error, component: 'count', task: null };
  expect(reports.filter(ofNoTask)).toEqual(ofNoTask);
  expect(reports.filter({ ...ofNoTask, component: 'words' })).toBe(null);
  expect(foreign.map((each) => reports.filter({ ...error, ...each }))).toEqual([null, null, null]);
});

it("every worker may have one of Storm's system task", () => {
  const stats = { type: 'stats', executors: [executor('__system', -1, -1)] } as const;
  expect(reports.filter(stats)).toBe(stats);
  expect(reports.filter({ type: 'stats', executors: [executor('__system', -1, 9)] })).toBe(null);
});

it('tells once of what it drops, and how much it was when the worker ended', () => {
  const stuck = { type: 'stuck', component: 'words', task: 1 } as const;
  reports.onEnded();
  for (let times = 0; times < 1000; times++) reports.filter(stuck);
  reports.onEnded();
  reports.filter(stuck);
  expect(warnings).toEqual([
    [{ report: 'stuck' }, 'worker reports of tasks that are not its own'],
    [{ dropped: 1000 }, 'reports of foreign tasks dropped'],
    [{ report: 'stuck' }, 'worker reports of tasks that are not its own'],
  ]);
});
