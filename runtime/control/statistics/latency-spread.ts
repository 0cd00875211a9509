import type { LatencySpread } from '../../../storm-api/index.ts';
import { type LatencyHistogram, latencyBuckets, latencyOfBucketMs } from '../../wire/index.ts';

/** The spread of what is in all of the histograms; null when they are empty. */
export function spreadOf(histograms: readonly LatencyHistogram[]): LatencySpread | null {
  const counts = bucketCounts(histograms);
  const timed = counts.reduce((sum, count) => sum + count, 0);
  if (timed === 0) return null;
  const at = (share: number) => latencyOfBucketMs(bucketAt(counts, Math.ceil(timed * share)));
  return { timed, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs: at(1) };
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

/** The bucket of the latency that has this place among all, the shortest being the first. */
function bucketAt(counts: Float64Array, place: number): number {
  let seen = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) {
    seen += counts[bucket] ?? 0;
    if (seen >= place) return bucket;
  }
  return counts.length - 1;
}
