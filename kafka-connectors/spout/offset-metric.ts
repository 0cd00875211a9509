import type { PartitionWindow } from './partition-window.ts';

/** How far each partition and each topic is, under the names that Storm's Kafka spouts give it. */
export function offsetMetric(
  windows: readonly PartitionWindow[],
): Readonly<Record<string, number>> {
  const metric: Record<string, number> = {};
  for (const { topic, partition, lag, endOffset, committableOffset } of windows) {
    const name = `${topic}/partition_${partition}`;
    metric[`${name}/spoutLag`] = lag;
    metric[`${name}/latestTimeOffset`] = endOffset;
    metric[`${name}/latestCompletedOffset`] = committableOffset;
    metric[`${topic}/totalSpoutLag`] = (metric[`${topic}/totalSpoutLag`] ?? 0) + lag;
  }
  return metric;
}
