import {
  type ExecutorStats,
  type InputStreamCount,
  type LatencyHistogram,
  latencyBucketOf,
  latencyBuckets,
  type StreamCount,
} from '../wire/index.ts';
import type { Source } from './native-tuple.ts';

/** How many latencies there were of each length. */
class LatencyCounts {
  readonly #buckets = new Float64Array(latencyBuckets);

  add(latencyMs: number): void {
    const bucket = latencyBucketOf(latencyMs * 1e6);
    this.#buckets[bucket] = (this.#buckets[bucket] as number) + 1;
  }

  histogram(): LatencyHistogram {
    const pairs: number[] = [];
    this.#buckets.forEach((count, bucket) => {
      if (count > 0) pairs.push(bucket, count);
    });
    return pairs;
  }
}

/** Exact counts of one event by source stream, with the latencies of some. */
export class InputCounts {
  readonly #sources: readonly Source[];
  readonly #counts: Float64Array;
  readonly #totalsMs: Float64Array;
  readonly #sampled: Float64Array;
  /** Of all streams together. */
  readonly latencies = new LatencyCounts();

  /** @param sources all streams of the topology, by their index */
  constructor(sources: readonly Source[]) {
    this.#sources = sources;
    this.#counts = new Float64Array(sources.length);
    this.#totalsMs = new Float64Array(sources.length);
    this.#sampled = new Float64Array(sources.length);
  }

  add({ index }: Source): void {
    this.#counts[index] = (this.#counts[index] as number) + 1;
  }

  /** Adds one whose latency was measured. */
  addSampled(source: Source, latencyMs: number): void {
    const { index } = source;
    this.add(source);
    this.#totalsMs[index] = (this.#totalsMs[index] as number) + latencyMs;
    this.#sampled[index] = (this.#sampled[index] as number) + 1;
    this.latencies.add(latencyMs);
  }

  get total(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  read(): readonly InputStreamCount[] {
    return this.#sources.flatMap(({ component, stream, index }) => {
      const count = this.#counts[index] ?? 0;
      const totalMs = this.#totalsMs[index] ?? 0;
      const sampled = this.#sampled[index] ?? 0;
      return count === 0 ? [] : [{ source: component, stream, count, totalMs, sampled }];
    });
  }
}

/** Counts of tuples by stream of their emitter. */
export class StreamCounts {
  readonly #names: readonly string[];
  readonly #counts: Float64Array;

  /** @param names of the component's streams, by their number */
  constructor(names: readonly string[]) {
    this.#names = names;
    this.#counts = new Float64Array(names.length);
  }

  add(number: number, tuples: number): void {
    this.#counts[number] = (this.#counts[number] as number) + tuples;
  }

  get total(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  read(): readonly StreamCount[] {
    return this.#names.flatMap((stream, number) => {
      const count = this.#counts[number] ?? 0;
      return count === 0 ? [] : [{ stream, count }];
    });
  }
}

type Counted =
  | 'emitted'
  | 'transferred'
  | 'acked'
  | 'failed'
  | 'executed'
  | 'executeLatency'
  | 'ackLatency'
  | 'queueLatency';

/** What one executor counts since its process started. */
export class ExecutorCounts {
  readonly emitted: StreamCounts;
  readonly transferred: StreamCounts;
  readonly acked: InputCounts;
  readonly failed: InputCounts;
  readonly executed: InputCounts;
  /** How long inputs waited until they were taken. */
  readonly queueLatencies = new LatencyCounts();

  constructor(streams: readonly string[], sources: readonly Source[]) {
    this.emitted = new StreamCounts(streams);
    this.transferred = new StreamCounts(streams);
    this.acked = new InputCounts(sources);
    this.failed = new InputCounts(sources);
    this.executed = new InputCounts(sources);
  }

  read(): Pick<ExecutorStats, Counted> {
    return {
      emitted: this.emitted.read(),
      transferred: this.transferred.read(),
      acked: this.acked.read(),
      failed: this.failed.read(),
      executed: this.executed.read(),
      executeLatency: this.executed.latencies.histogram(),
      ackLatency: this.acked.latencies.histogram(),
      queueLatency: this.queueLatencies.histogram(),
    };
  }
}

/** Picks one of so many events for a latency measurement. */
export class Sampler {
  readonly #every: number;
  #left = 1; // the first at once, so that a quiet stream has a latency too

  /** @param rate of `topology.stats.sample.rate`; 0 picks none */
  constructor(rate: number) {
    this.#every = rate > 0 ? Math.max(1, Math.round(1 / rate)) : 0;
  }

  picks(): boolean {
    if (this.#every === 0) return false;
    this.#left -= 1;
    if (this.#left > 0) return false;
    this.#left = this.#every;
    return true;
  }
}
