import type { LatencySpread } from '../../../storm-api/index.ts';
import { type LatencyHistogram, latencyOfBucketMs } from '../../wire/index.ts';

/** The spread of what is in all of the histograms; null when they are empty. */
export function spreadOf(histograms: readonly LatencyHistogram[]): LatencySpread | null {
  const buckets = merged(histograms);
  const timed = buckets.reduce((sum, [, count]) => sum + count, 0);
  if (timed === 0) return null;
  const at = (share: number) => latencyOfBucketMs(bucketAt(buckets, Math.ceil(timed * share)));
  return { timed, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs: at(1) };
}

/** Ascending. */
function merged(
  histograms: readonly LatencyHistogram[],
): readonly (readonly [bucket: number, count: number])[] {
  const sums = new Map<number, number>();
  for (const histogram of histograms) {
    for (let index = 0; index < histogram.length; index += 2) {
      const bucket = histogram[index] ?? 0;
      sums.set(bucket, (sums.get(bucket) ?? 0) + (histogram[index + 1] ?? 0));
    }
  }
  return [...sums].sort(([one], [other]) => one - other);
}

/** The bucket of the latency that has this place among all, the shortest being the first. */
function bucketAt(buckets: readonly (readonly [number, number])[], place: number): number {
  let seen = 0;
  for (const [bucket, count] of buckets) {
    seen += count;
    if (seen >= place) return bucket;
  }
  return 0;
}
