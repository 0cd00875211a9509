import { beforeEach, expect, it } from 'vitest';
import type { StatisticsWindow } from '../../../storm-api/index.ts';
import type { ExecutorStats } from '../../wire/index.ts';
import { LatencySum } from './latency-spread.ts';
import { executed, nothing } from './statistics.fixture.ts';
import { StatisticsBook } from './statistics-book.ts';

const minuteMs = 60_000;
/** Where a bucket of every window begins. */
const startMs = 86_400_000 * 20_000;

let book: StatisticsBook;
let nowMs: number;

beforeEach(() => {
  book = StatisticsBook.empty();
  nowMs = startMs;
});

function report(executor: ExecutorStats, workerToken = 'one'): void {
  book.record({ port: 6700, workerToken, executors: [executor] }, nowMs);
}

function count(window: StatisticsWindow): number | undefined {
  return book.windows([{ firstTask: 1, lastTask: 1 }], nowMs).get(window)?.executed[0]?.count;
}

function bookOf(counts: string | null, windows: string | null, errors: unknown[] = []) {
  const kept = { counts: () => counts, windows: () => windows };
  return StatisticsBook.read(kept, (error) => errors.push(error));
}

it('tells exactly how much was counted in the last ten minutes, three hours and the last day', () => {
  for (let minute = 1; minute <= 24 * 60; minute++) {
    nowMs = startMs + minute * minuteMs;
    report(executed(minute * 10));
  }
  expect([count('600'), count('10800'), count(':all-time')]).toEqual([100, 1720, 14_400]);
  // Windows begin with a bucket, a twentieth of their length.
  expect(count('86400')).toBe(14_400 - 71 * 10);
});

it('a window runs empty while nothing is counted', () => {
  report(executed(7));
  nowMs += 9 * minuteMs;
  expect(count('600')).toBe(7);
  nowMs += 2 * minuteMs;
  expect(count('600')).toBeUndefined();
  expect(count('10800')).toBe(7);
  expect(book.windows([{ firstTask: 1, lastTask: 1 }], nowMs).get('600')?.transferred).toEqual(
    new Map(),
  );
});

it('a worker that began anew adds to what was counted in the window', () => {
  report(executed(5), 'one');
  nowMs += minuteMs;
  report(executed(2), 'two');
  expect([count('600'), count(':all-time')]).toEqual([7, 7]);
});

it('averages are those of the window', () => {
  report(executed(10));
  nowMs += 15 * minuteMs;
  const slow = { source: 'words', stream: 'default', count: 20, totalMs: 520, sampled: 20 };
  report({ ...executed(20), executed: [slow] });
  const windows = book.windows([{ firstTask: 1, lastTask: 1 }], nowMs);
  expect(windows.get('600')?.executed[0]).toMatchObject({ count: 10, meanMs: 50 });
  expect(windows.get(':all-time')?.executed[0]).toMatchObject({ count: 20, meanMs: 26 });
});

it('windows survive a restart of the control plane', () => {
  report(executed(10));
  nowMs += 15 * minuteMs;
  report(executed(12));
  const { counts, windows } = book.takeChanges(nowMs);
  book = bookOf(counts, windows);
  nowMs += minuteMs;
  report(executed(13));
  expect([count('600'), count('10800')]).toEqual([3, 13]);
});

it.each([
  ['was cut short', '[[1,{"wor', '[[1,["a"'],
  ['holds something else', '[[1,{"latest":{},"before":null}]]', '[[1,["a"],[[1,2]]]]'],
  ['is empty', '', ''],
])('begins anew where a file %s, and says so', (_, counts, windows) => {
  const errors: unknown[] = [];
  book = bookOf(counts, windows, errors);
  report(executed(4));
  expect([count('600'), errors.length]).toEqual([4, 2]);
});

it('tasks that came together in one executor are counted together', () => {
  book.record({ port: 6700, workerToken: 'one', executors: [executed(3)] }, nowMs);
  const other = { ...executed(4), firstTask: 2, lastTask: 2 };
  book.record({ port: 6700, workerToken: 'one', executors: [other] }, nowMs);
  expect(book.windows([{ firstTask: 1, lastTask: 2 }], nowMs).get('600')?.executed[0]?.count).toBe(
    7,
  );
});

it('tells the rate of the last seconds, also of a worker that ran before it was seen', () => {
  report(executed(1_000_000, 3_600_000));
  nowMs += 4_000;
  report(executed(1_000_400, 3_604_000));
  const recent = book.recent(1, nowMs);
  expect(recent?.executed[0]?.count).toBe(400);
  expect(recent?.spanMs).toBe(4_000);
  nowMs += 20_000;
  expect(book.recent(1, nowMs)?.executed).toEqual([]);
});

it('tells the same rate after reports came late and all at once, and after a time in which nothing happened', () => {
  const perSec = () => {
    const recent = book.recent(1, nowMs);
    return ((recent?.sums.executed ?? 0) * 1000) / (recent?.spanMs ?? 1);
  };
  for (let second = 1; second <= 5; second++) {
    nowMs += 1000;
    report(executed(100 * second, 1000 * second));
  }
  nowMs += 30_000;
  for (let second = 6; second <= 35; second++) report(executed(100 * second, 1000 * second));
  expect(perSec()).toBeCloseTo(100);
  nowMs += 3_600_000;
  report(executed(3600, 3_635_000));
  expect(perSec()).toBeGreaterThanOrEqual(10);
});

it('latencies are those of the last minute', () => {
  report({ ...nothing, executeLatency: [5, 10] });
  nowMs += minuteMs;
  report({ ...nothing, executeLatency: [5, 11, 9, 4] });
  const sum = new LatencySum();
  book.recent(1, nowMs)?.addLatencies('executeLatency', sum);
  const told = sum.take();
  sum.add([5, 1, 9, 4], 1);
  expect(told).toEqual(sum.take());
  expect(told?.timed).toBe(5);
});
