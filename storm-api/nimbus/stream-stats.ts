import { systemPrefix } from '../model/ids.ts';
import type { WindowCounts } from '../statistics/statistics.ts';
import type { ComponentAggregateStats } from '../thrift/page-structs.ts';
import type { GlobalStreamId } from '../thrift/topology-structs.ts';
import type { InputCount } from '../topology-facts.ts';

/** Of a bolt, by what it subscribes to. */
export function inputStats(
  counts: WindowCounts,
): ReadonlyMap<GlobalStreamId, ComponentAggregateStats> {
  const keyOf = ({ source, stream }: InputCount) => JSON.stringify([source, stream]);
  const inputs = new Map(
    [...counts.failed, ...counts.acked, ...counts.executed].map((each) => [keyOf(each), each]),
  );
  const find = (all: readonly InputCount[], key: string) => all.find((each) => keyOf(each) === key);
  return new Map(
    Array.from(inputs, ([key, { source, stream }]) => {
      const executed = find(counts.executed, key);
      const acked = find(counts.acked, key);
      return [
        { componentId: source, streamId: stream },
        {
          type: 'BOLT',
          common_stats: {
            acked: whole(acked?.count),
            failed: whole(find(counts.failed, key)?.count),
          },
          specific_stats: {
            kind: 'bolt',
            value: {
              execute_latency_ms: executed?.meanMs ?? 0,
              process_latency_ms: acked?.meanMs ?? 0,
              executed: whole(executed?.count),
            },
          },
        },
      ];
    }),
  );
}

/** By the streams that were emitted to. */
export function outputStats(
  { emitted, transferred, acked, failed }: WindowCounts,
  kind: 'spout' | 'bolt',
  withSystem: boolean,
): ReadonlyMap<string, ComponentAggregateStats> {
  const streams = [...emitted.keys()].filter(
    (stream) => withSystem || !stream.startsWith(systemPrefix),
  );
  return new Map(
    streams.map((stream): readonly [string, ComponentAggregateStats] => {
      const sent = {
        emitted: whole(emitted.get(stream)),
        transferred: whole(transferred.get(stream)),
      };
      if (kind === 'bolt') {
        return [stream, { type: 'BOLT', common_stats: sent, specific_stats: { kind, value: {} } }];
      }
      const trees = acked.find((each) => each.stream === stream);
      const lost = failed.find((each) => each.stream === stream);
      return [
        stream,
        {
          type: 'SPOUT',
          common_stats: { ...sent, acked: whole(trees?.count), failed: whole(lost?.count) },
          specific_stats: { kind, value: { complete_latency_ms: trees?.meanMs ?? 0 } },
        },
      ];
    }),
  );
}

/** Nothing was counted yet: none. */
export function whole(count: number | null | undefined): bigint {
  return BigInt(count ?? 0);
}
