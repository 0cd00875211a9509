import { expect, it } from 'vitest';
import { type PartitionLag, taskId } from '../../storm-api/index.ts';
import { LagHistory } from './lag-history.ts';

const at = (partition: number, lag: number): PartitionLag => ({
  ...{ topic: 'orders', partition, lag, task: taskId(1), timeMs: 0 },
  ...{ endOffset: 1_000, doneOffset: 1_000 - lag },
});
const readings = (...lags: readonly PartitionLag[]) =>
  lags.map((lag) => ({ component: 'in', lag }));

it('keeps one look in five seconds, with gaps where a partition was not told', () => {
  const history = new LagHistory();
  history.add(0, readings(at(0, 10)));
  history.add(1_000, readings(at(0, 99)));
  history.add(5_000, readings(at(0, 20), at(1, 5)));
  history.add(10_000, readings(at(1, 6)));
  expect(history.timesMs).toEqual([0, 5_000, 10_000]);
  expect(history.series).toEqual([
    { component: 'in', topic: 'orders', partition: 0, lags: [10, 20, null] },
    { component: 'in', topic: 'orders', partition: 1, lags: [null, 5, 6] },
  ]);
});

it('forgets the oldest looks, and partitions that are in none any more', () => {
  const history = new LagHistory();
  history.add(0, readings(at(0, 10)));
  for (let look = 1; look <= 360; look++) history.add(look * 5_000, readings(at(1, look)));
  expect(history.timesMs[0]).toBe(5_000);
  expect(history.series.map(({ partition, lags }) => [partition, lags.length])).toEqual([[1, 360]]);
});

it('is bounded in partitions', () => {
  const history = new LagHistory();
  history.add(0, readings(...Array.from({ length: 300 }, (_, partition) => at(partition, 1))));
  expect(history.series).toHaveLength(200);
});
