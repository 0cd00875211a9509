import { expect, it } from 'vitest';
import { offsetMetric } from './offset-metric.ts';
import { PartitionWindow } from './partition-window.ts';

it('has the offsets of each partition and the lag of each topic, under the names of Storm', () => {
  const windows = [2, 5].map((startOffset, partition) => {
    const window = new PartitionWindow({ topic: 'orders', partition }, 1, startOffset);
    window.add({
      ...{ topic: 'orders', partition, records: [], problem: null },
      ...{ nextOffset: startOffset, endOffset: 10 },
    });
    return window;
  });
  expect(offsetMetric(windows)).toEqual({
    'orders/partition_0/spoutLag': 8,
    'orders/partition_0/latestTimeOffset': 10,
    'orders/partition_0/latestCompletedOffset': 2,
    'orders/partition_1/spoutLag': 5,
    'orders/partition_1/latestTimeOffset': 10,
    'orders/partition_1/latestCompletedOffset': 5,
    'orders/totalSpoutLag': 13,
  });
});
