import type { PartitionLag, TopologyStatistics } from '../../storm-api/index.ts';

/** A consumer that has committed nothing, as Storm says it. */
interface PartitionRow {
  readonly consumerCommittedOffset: number;
  readonly logHeadOffset: number;
  readonly lag: number;
}

/** What Storm 2 answers for the lag of a topology's Kafka spouts: by spout, topic and partition. */
export function lagPage({ components }: TopologyStatistics): object {
  const readers = components.filter(({ lags }) => lags.length > 0);
  return Object.fromEntries(
    readers.map(({ id, lags }) => [
      id,
      { spoutId: id, spoutType: 'KAFKA', spoutLagResult: byTopic(lags) },
    ]),
  );
}

function byTopic(lags: readonly PartitionLag[]): object {
  const topics: Record<string, Record<string, PartitionRow>> = {};
  for (const { topic, partition, lag, endOffset, doneOffset } of lags) {
    const row = { consumerCommittedOffset: doneOffset, logHeadOffset: endOffset, lag };
    topics[topic] = { ...topics[topic], [partition]: row };
  }
  return topics;
}
