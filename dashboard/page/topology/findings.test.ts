import { expect, it } from 'vitest';
import type { ComponentLine, HistoryPoint, TopologyMessage } from '../../live/messages.ts';
import { findingsOf } from './findings.ts';

const rates = { emitted: 0, transferred: 0, executed: 0, acked: 0, failed: 0 };
const quiet: ComponentLine = {
  ...{ id: 'words', kind: 'spout', executors: 1, tasks: 1, rates, totals: rates, lag: null },
  ...{ queued: null, execute: null, process: null, complete: null, queue: null, shares: null },
  ...{ busiest: null, capacity: null, timedOut: null, subprocessRestarts: [] },
};
const timeMs = 1_700_000_000_000;
const point: HistoryPoint = {
  ...{ timeMs, executedPerSec: 9, emittedPerSec: 9, failedPerSec: 0 },
  ...{ completeP99: null, lag: null, bottleneck: null },
};

function message(changes: Partial<TopologyMessage>): TopologyMessage {
  return {
    ...{ id: 'a-1-1', name: 'a', status: 'ACTIVE', health: 'good', problem: null },
    ...{ uptimeSecs: 60, tasks: 3, executors: 3, workers: 1, failed: 0, failedPerSec: 0 },
    ...{ executedPerSec: 9, emittedPerSec: 9, complete: null, bottleneck: null, lag: null },
    ...{ timeMs, components: [quiet], edgesPerSec: [], workerList: [], errors: [] },
    executorList: null,
    ...changes,
  };
}

/** One point a second that ends now. */
function pointsOf(changes: readonly Partial<HistoryPoint>[]): readonly HistoryPoint[] {
  return changes.map((change, index) => ({
    ...point,
    timeMs: timeMs - 1000 * (changes.length - 1 - index),
    ...change,
  }));
}

it('finds nothing where nothing is held back and nothing fails', () => {
  expect(findingsOf(message({}), pointsOf([{}, {}]))).toEqual([]);
});

it('names the bottleneck with its reasons, whom it holds back, and since when', () => {
  const slow: ComponentLine = {
    ...{ ...quiet, id: 'count', kind: 'bolt', executors: 2, tasks: 8 },
    shares: { busy: 0.97, idle: 0.03, backpressured: 0 },
    execute: { p50: 2, p95: 3, p99: 40, max: 50 },
    queued: { p50: 900, p95: 1000, p99: 1100, max: 1200 },
    queue: { tuples: 500, tuplesMax: 1024, waitMs: 1000 },
  };
  const spout = { ...quiet, shares: { busy: 0.2, idle: 0.2, backpressured: 0.6 } };
  const now = message({ bottleneck: 'count', components: [spout, slow] });
  const was = { bottleneck: 'count' };
  const [finding] = findingsOf(now, pointsOf([was, ...Array(12).fill({}), was, {}, was]));
  expect(finding).toMatchObject({ kind: 'busy', component: 'count', sinceMs: timeMs - 2000 });
  expect(finding?.why).toEqual([
    'Its executors are busy 97\u00a0% of the time; a tuple takes 2.00\u00a0ms, one in a hundred over 40.0\u00a0ms; 500 tuples wait for it, half of them over 900\u00a0ms, one in a hundred over 1.10\u00a0s.',
    'It holds back words 60\u00a0% of their time.',
    'It runs 8 tasks on 2 executors: a rebalance can give it more.',
  ]);
});

it('does not take the end of its memory for the beginning', () => {
  const slow = { ...quiet, id: 'count' };
  const was = { bottleneck: 'count' };
  const of = (uptimeSecs: number, history: readonly HistoryPoint[]) =>
    findingsOf(message({ bottleneck: 'count', components: [slow], uptimeSecs }), history)[0];
  const always = pointsOf(Array(15).fill(was));
  expect(of(3600, always)).toMatchObject({ sinceMs: timeMs - 14_000, isOlder: true });
  expect(of(15, always)).toMatchObject({ sinceMs: timeMs - 14_000, isOlder: false });
  const lately = pointsOf([...Array(12).fill({}), was]);
  expect(of(3600, lately)).toMatchObject({ sinceMs: timeMs, isOlder: false });
});

it('names it also where a slot is missing, but not of a topology that was stopped', () => {
  const slow = { ...quiet, id: 'count', shares: { busy: 1, idle: 0, backpressured: 0 } };
  const problem = 'has 1 of 2 workers, no other slot is free';
  const now = message({ bottleneck: 'count', components: [slow], problem });
  expect(findingsOf(now, []).map(({ component }) => component)).toEqual(['count']);
  expect(findingsOf({ ...now, status: 'INACTIVE' }, [])).toEqual([]);
});

it('does not ask for more threads where one has most of the work', () => {
  const slow: ComponentLine = {
    ...{ ...quiet, id: 'count', kind: 'bolt', executors: 4, tasks: 8, busiest: 0.98 },
    shares: { busy: 0.3, idle: 0.7, backpressured: 0 },
  };
  const now = message({ bottleneck: 'count', components: [slow] });
  expect(findingsOf(now, pointsOf([{}]))[0]?.why).toEqual([
    'Its executors are busy 30\u00a0% of the time; the busiest of them 98\u00a0%.',
    'Most of what comes in goes to few of its executors: more of them would not help.',
  ]);
});

it('tells of failing tuples which error was reported and who held the trees', () => {
  const error = { component: 'split', count: 3, firstSeenMs: timeMs, lastSeenMs: timeMs };
  const holders = [
    { id: 'sink', tuples: 2 },
    { id: 'count', tuples: 7 },
  ];
  const spout = { ...quiet, timedOut: { trees: 9, followed: 9, holders } };
  const now = message({
    failedPerSec: 4,
    components: [spout],
    errors: [{ ...error, task: 1, host: 'here', port: 6700, message: 'boom\n  at a' }],
  });
  const [finding] = findingsOf(now, pointsOf([{}, { failedPerSec: 4 }]));
  expect(finding).toMatchObject({ kind: 'failing', component: 'split', sinceMs: timeMs });
  expect(finding?.why).toEqual([
    'split reported: boom',
    'Of trees that took too long, most (7) waited for count.',
  ]);
});

it('says that a reader falls behind, not that it is behind', () => {
  const reader = { ...quiet, id: 'read', lag: { total: 5000, partitions: 1, worst: [] } };
  const now = message({ lag: 5000, components: [reader] });
  expect(findingsOf(now, pointsOf([{ lag: 5000 }, {}]))).toEqual([]);
  expect(findingsOf(now, pointsOf([{ lag: 1000 }, {}]))).toMatchObject([
    { kind: 'lagging', component: 'read' },
  ]);
});
