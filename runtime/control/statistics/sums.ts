import type {
  ComponentId,
  InputCount,
  QueueDepth,
  Rates,
  StreamId,
  TimedOutCounts,
  TimeShares,
  WindowCounts,
  Windows,
} from '../../../storm-api/index.ts';
import { waitMs } from './activity.ts';
import { inputKey } from './input-key.ts';
import { LazyWindows } from './lazy-windows.ts';
import { noRates } from './user-sums.ts';

export function sumOfRates(all: readonly Rates[]): Rates {
  return all.reduce(
    (sum, each) => ({
      emitted: sum.emitted + each.emitted,
      transferred: sum.transferred + each.transferred,
      executed: sum.executed + each.executed,
      acked: sum.acked + each.acked,
      failed: sum.failed + each.failed,
    }),
    noRates,
  );
}

/** null of none. */
export function meanShares(all: readonly TimeShares[]): TimeShares | null {
  if (all.length === 0) return null;
  const mean = (of: (each: TimeShares) => number) =>
    all.reduce((sum, each) => sum + of(each), 0) / all.length;
  return {
    busy: mean(({ busy }) => busy),
    idle: mean(({ idle }) => idle),
    backpressured: mean(({ backpressured }) => backpressured),
  };
}

/** null of none; bytes are those of the queues that know theirs. */
export function sumOfQueues(all: readonly QueueDepth[], perSec: number): QueueDepth | null {
  if (all.length === 0) return null;
  const sum = (of: (each: QueueDepth) => number) =>
    all.reduce((total, each) => total + of(each), 0);
  const tuples = sum((each) => each.tuples);
  return {
    tuples,
    tuplesMax: sum(({ tuplesMax }) => tuplesMax),
    bytes: all.every(({ bytes }) => bytes === null) ? null : sum(({ bytes }) => bytes ?? 0),
    waitMs: waitMs(tuples, perSec),
  };
}

/** null of none. */
export function sumOfTimedOut(all: readonly TimedOutCounts[]): TimedOutCounts | null {
  if (all.length === 0) return null;
  const holders = new Map<ComponentId, number>();
  for (const each of all) {
    for (const [id, tuples] of each.holders) holders.set(id, (holders.get(id) ?? 0) + tuples);
  }
  return {
    trees: all.reduce((sum, { trees }) => sum + trees, 0),
    followed: all.reduce((sum, { followed }) => sum + followed, 0),
    holders,
  };
}

/** Empty when all of them are. */
export function sumOfWindows(all: readonly Windows[]): Windows {
  const known = all.filter(({ size }) => size > 0);
  if (known.length === 0) return new Map();
  return new LazyWindows((window) =>
    sumOfCounts(known.flatMap((windows) => windows.get(window) ?? [])),
  );
}

function sumOfCounts(all: readonly WindowCounts[]): WindowCounts {
  return {
    emitted: sumOfStreams(all.map(({ emitted }) => emitted)),
    transferred: sumOfStreams(all.map(({ transferred }) => transferred)),
    acked: sumOfInputs(all.flatMap(({ acked }) => acked)),
    failed: sumOfInputs(all.flatMap(({ failed }) => failed)),
    executed: sumOfInputs(all.flatMap(({ executed }) => executed)),
  };
}

function sumOfStreams(
  all: readonly ReadonlyMap<StreamId, number>[],
): ReadonlyMap<StreamId, number> {
  const sums = new Map<StreamId, number>();
  for (const each of all) {
    for (const [stream, count] of each) sums.set(stream, (sums.get(stream) ?? 0) + count);
  }
  return sums;
}

/** Means weigh as much as the counts that they stand for, as in Storm. */
function sumOfInputs(all: readonly InputCount[]): readonly InputCount[] {
  const sums = new Map<string, InputCount>();
  for (const each of all) {
    const key = inputKey(each);
    const other = sums.get(key);
    sums.set(key, other === undefined ? each : merged(other, each));
  }
  return [...sums.values()];
}

function merged(one: InputCount, other: InputCount): InputCount {
  const count = one.count + other.count;
  if (one.meanMs === null || other.meanMs === null) {
    return { ...one, count, meanMs: one.meanMs ?? other.meanMs };
  }
  const meanMs = (one.meanMs * one.count + other.meanMs * other.count) / count;
  return { ...one, count, meanMs };
}
