import type { DrpcLatencies } from '../storm-api/index.ts';

export type Outcome = 'served' | 'failed' | 'timedOut' | 'cancelled';

/** Latencies are those of so many latest results. */
const latenciesMax = 1_000;
/** Callers choose the names where unknown functions are taken; those used longest ago are forgotten. */
const functionsMax = 1_000;

/** How the requests of one function ended. */
export class FunctionCounts {
  readonly #counts: Record<Outcome, number> = { served: 0, failed: 0, timedOut: 0, cancelled: 0 };
  readonly #latenciesMs: number[] = [];

  /** @param durationMs since the request came. */
  add(outcome: Outcome, durationMs: number): void {
    const { served } = this.#counts;
    if (outcome === 'served') this.#latenciesMs[served % latenciesMax] = durationMs;
    this.#counts[outcome] += 1;
  }

  get counts(): Readonly<Record<Outcome, number>> {
    return { ...this.#counts };
  }

  /** By nearest rank; null before the first result. */
  get latencyMs(): DrpcLatencies | null {
    const sorted = [...this.#latenciesMs].sort((a, b) => a - b);
    if (sorted.length === 0) return null;
    const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
    return {
      results: sorted.length,
      ...{ p50: rank(0.5), p95: rank(0.95), p99: rank(0.99), max: rank(1) },
    };
  }
}

/** Counts by function, for a bounded number of names. */
export class FunctionStatistics {
  readonly #functions = new Map<string, FunctionCounts>();

  add(name: string, outcome: Outcome, durationMs: number): void {
    const counts = this.#functions.get(name) ?? new FunctionCounts();
    this.#functions.delete(name); // the order is that of the latest use
    this.#functions.set(name, counts);
    counts.add(outcome, durationMs);
    const [oldest] = this.#functions.keys();
    if (this.#functions.size > functionsMax && oldest !== undefined) this.#functions.delete(oldest);
  }

  get names(): readonly string[] {
    return [...this.#functions.keys()];
  }

  of(name: string): FunctionCounts {
    return this.#functions.get(name) ?? new FunctionCounts();
  }
}
