import type { MeterRows } from './meter-file.ts';

const steps = 32;
const nanosecondsPerMs = 1e6;

/** Times by bucket, as `acme.bench.LatencyMeter` counts them. */
export type Histogram = ReadonlyMap<number, number>;

/** What all workers counted between two looks. */
export function countedBetween(before: MeterRows, after: MeterRows): Histogram {
  const counts = new Map<number, number>();
  for (const [worker, { value }] of after) {
    const earlier = parse(before.get(worker)?.value ?? '');
    for (const [bucket, count] of parse(value)) {
      const more = count - (earlier.get(bucket) ?? 0);
      if (more > 0) counts.set(bucket, (counts.get(bucket) ?? 0) + more);
    }
  }
  return counts;
}

/** How many times there are. */
export function countOf(histogram: Histogram): number {
  return [...histogram.values()].reduce((sum, count) => sum + count, 0);
}

/**
 * The milliseconds that so large a share of the times did not exceed; 1 for the longest.
 * @throws Error when nothing was counted
 */
export function quantileMs(histogram: Histogram, share: number): number {
  const sorted = [...histogram].sort(([a], [b]) => a - b);
  const total = countOf(histogram);
  let seen = 0;
  for (const [bucket, count] of sorted) {
    seen += count;
    if (seen >= share * total) return upperEdgeNs(bucket) / nanosecondsPerMs;
  }
  throw new Error('no tuple was acked');
}

/** Bucket b below 32 is b nanoseconds; from there on every doubling has 32 buckets. */
function upperEdgeNs(bucket: number): number {
  if (bucket < steps) return bucket;
  const shift = Math.floor(bucket / steps) - 1;
  return (bucket - shift * steps + 1) * 2 ** shift;
}

function parse(text: string): Map<number, number> {
  const pairs = text === '' ? [] : text.split(',').map((pair) => pair.split(':').map(Number));
  return new Map(pairs.map(([bucket = 0, count = 0]) => [bucket, count]));
}
