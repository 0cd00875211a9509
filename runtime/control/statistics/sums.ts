import type {
  ComponentId,
  QueueDepth,
  TimedOutCounts,
  TimeShares,
} from '../../../storm-api/index.ts';
import type { QueueStats } from '../../wire/index.ts';
import { waitMs } from './activity.ts';

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

/** null of none; bytes are those of the queues that know theirs. @param perSec how many are taken out */
export function sumOfQueues(all: readonly QueueStats[], perSec: number): QueueDepth | null {
  if (all.length === 0) return null;
  const sum = (of: (each: QueueStats) => number) =>
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
