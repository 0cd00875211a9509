import { expect, it } from 'vitest';
import { linesOf } from './lag-lines.ts';

it('draws the partitions that are furthest behind, and no more than can be told apart', () => {
  const series = [3, 900, 40, null, 5, 77].map((lag, partition) => {
    return { component: 'read', topic: 'words', partition, lags: [1, lag] };
  });
  const lines = linesOf({ history: { timesMs: [1, 2], series } });
  expect(lines.map(({ name }) => name)).toEqual([
    'read words 1',
    'read words 5',
    'read words 2',
    'read words 4',
  ]);
  expect(new Set(lines.map(({ color }) => color)).size).toBe(4);
});
