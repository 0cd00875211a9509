import { expect, it } from 'vitest';
import type { ExecutorStats, InputStreamCount } from '../../wire/index.ts';
import { countsOf } from './component-counts.ts';
import { nothing } from './statistics.fixture.ts';

function input(source: string, count: number, sampled: number, totalMs: number): InputStreamCount {
  return { source, stream: 'default', count, sampled, totalMs };
}

function executor(...executed: readonly InputStreamCount[]): ExecutorStats {
  const emitted = executed.map(({ source, count }) => ({ stream: source, count }));
  return { ...nothing, emitted, executed };
}

it('sums by stream, whichever streams an executor has and in whatever order it tells them', () => {
  const { emitted, executed } = countsOf([
    executor(input('a', 1, 1, 2), input('b', 10, 1, 3)),
    executor(input('b', 20, 2, 3)),
    executor(input('c', 7, 1, 9), input('a', 3, 1, 6)),
  ]);
  expect([...emitted]).toEqual([
    ['a', 4],
    ['b', 30],
    ['c', 7],
  ]);
  expect(executed).toEqual([
    { source: 'a', stream: 'default', count: 4, meanMs: 5 },
    { source: 'b', stream: 'default', count: 30, meanMs: 2 },
    { source: 'c', stream: 'default', count: 7, meanMs: 9 },
  ]);
});

it('a mean weighs as much as what it stands for, and nothing where nothing was timed', () => {
  const { executed } = countsOf([
    executor(input('a', 5, 0, 0)),
    executor(input('a', 5, 1, 4)),
    executor(input('a', 30, 1, 8)),
  ]);
  expect(executed[0]).toMatchObject({ count: 40, meanMs: (4 * 10 + 8 * 30) / 40 });
  expect(countsOf([executor(input('a', 5, 0, 0))]).executed[0]?.meanMs).toBeNull();
});
