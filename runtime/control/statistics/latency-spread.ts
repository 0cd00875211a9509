import type { LatencySpread } from '../../../storm-api/index.ts';
import { type LatencyHistogram, latencyBuckets, latencyOfBucketMs } from '../../wire/index.ts';

/** The spread of what is in all of the histograms; null when they are empty. */
export function spreadOf(histograms: readonly LatencyHistogram[]): LatencySpread | null {
  let timed = 0;
  for (const histogram of histograms) {
    for (let index = 1; index < histogram.length; index += 2) timed += histogram[index] ?? 0;
  }
  if (timed === 0) return null;
  const ranks = [0.5, 0.95, 0.99, 1].map((share) => Math.ceil(timed * share));
  const [p50Ms = 0, p95Ms = 0, p99Ms = 0, maxMs = 0] = bucketsAt(
    ranks,
    bucketCounts(histograms),
  ).map(latencyOfBucketMs);
  return { timed, p50Ms, p95Ms, p99Ms, maxMs };
}

/** How many are in each bucket of all of the histograms: an array, as there are thousands of them. */
function bucketCounts(histograms: readonly LatencyHistogram[]): Float64Array {
  const counts = new Float64Array(latencyBuckets);
  for (const histogram of histograms) {
    for (let index = 0; index < histogram.length; index += 2) {
      const bucket = histogram[index] ?? 0;
      counts[bucket] = (counts[bucket] ?? 0) + (histogram[index + 1] ?? 0);
    }
  }
  return counts;
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
