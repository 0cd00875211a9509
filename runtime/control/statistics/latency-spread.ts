import type { LatencySpread } from '../../../storm-api/index.ts';
import { latencyOfBucketMs } from '../../wire/index.ts';

const shares = [0.5, 0.95, 0.99, 1];

/** The spread of latencies that are counted by bucket; null when there are none. */
export function spreadOf(buckets: Float64Array): LatencySpread | null {
  let timed = 0;
  for (let bucket = 0; bucket < buckets.length; bucket++) timed += buckets[bucket] ?? 0;
  if (timed === 0) return null;
  const ranks = shares.map((share) => Math.ceil(timed * share));
  const found = bucketsAt(ranks, buckets);
  const [p50Ms = 0, p95Ms = 0, p99Ms = 0, maxMs = 0] = found.map(latencyOfBucketMs);
  return { timed, p50Ms, p95Ms, p99Ms, maxMs };
}

/** The buckets of the latencies that have these places among all, the shortest being the first. @param ranks rising */
function bucketsAt(ranks: readonly number[], counts: Float64Array): readonly number[] {
  const found: number[] = [];
  let seen = 0;
  for (let bucket = 0; found.length < ranks.length && bucket < counts.length; bucket++) {
    seen += counts[bucket] ?? 0;
    while (seen >= (ranks[found.length] ?? Number.POSITIVE_INFINITY)) found.push(bucket);
  }
  return found;
}
