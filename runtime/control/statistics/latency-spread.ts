import type { LatencySpread } from '../../../storm-api/index.ts';
import { type LatencyHistogram, latencyBuckets, latencyOfBucketMs } from '../../wire/index.ts';

const shares = [0.5, 0.95, 0.99, 1];

/**
 * Sums histograms, and tells how far their latencies spread. There is one for all sums: it keeps its
 * room, and looks at no buckets but those between the shortest latency and the longest.
 */
export class LatencySum {
  readonly #counts = new Float64Array(latencyBuckets);
  #first = latencyBuckets;
  #last = -1;

  /** @param times -1 takes out again what was added before */
  add(histogram: LatencyHistogram, times: 1 | -1): void {
    for (let index = 0; index + 1 < histogram.length; index += 2) {
      const bucket = histogram[index] ?? 0;
      if (bucket < 0 || bucket >= latencyBuckets) continue; // a worker may say anything
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + times * (histogram[index + 1] ?? 0);
      if (bucket < this.#first) this.#first = bucket;
      if (bucket > this.#last) this.#last = bucket;
    }
  }

  /** Of what was added since the last call; null when there are no latencies. */
  take(): LatencySpread | null {
    const timed = this.#timed();
    const spread = timed === 0 ? null : this.#spread(timed);
    this.#counts.fill(0, this.#first, this.#last + 1);
    this.#first = latencyBuckets;
    this.#last = -1;
    return spread;
  }

  #timed(): number {
    let timed = 0;
    for (let bucket = this.#first; bucket <= this.#last; bucket++) {
      timed += this.#counts[bucket] ?? 0;
    }
    return timed;
  }

  #spread(timed: number): LatencySpread {
    const found = this.#bucketsAt(shares.map((share) => Math.ceil(timed * share)));
    const [p50Ms = 0, p95Ms = 0, p99Ms = 0, maxMs = 0] = found.map(latencyOfBucketMs);
    return { timed, p50Ms, p95Ms, p99Ms, maxMs };
  }

  /** Where the latencies are that have these places among all, the shortest being the first. @param ranks rising */
  #bucketsAt(ranks: readonly number[]): readonly number[] {
    const found: number[] = [];
    let seen = 0;
    for (let bucket = this.#first; found.length < ranks.length && bucket <= this.#last; bucket++) {
      seen += this.#counts[bucket] ?? 0;
      while (seen >= (ranks[found.length] ?? Number.POSITIVE_INFINITY)) found.push(bucket);
    }
    return found;
  }
}
