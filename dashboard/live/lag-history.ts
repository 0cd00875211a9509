import type { PartitionLag } from '../../storm-api/index.ts';
import type { LagAnswer } from './messages.ts';

const stepMs = 5_000;
const pointsMax = 360;
/** Of one topology: those that were seen first. The totals have all of them. */
const partitionsMax = 200;

type LagSeries = LagAnswer['history']['series'][number];

interface Reading {
  readonly component: string;
  readonly lag: PartitionLag;
}

/** The lag of each partition that one topology reads, in the last half hour. */
export class LagHistory {
  readonly #timesMs: number[] = [];
  readonly #series = new Map<string, LagSeries & { readonly lags: (number | null)[] }>();

  get timesMs(): readonly number[] {
    return this.#timesMs;
  }

  get series(): readonly LagSeries[] {
    return [...this.#series.values()];
  }

  /** Looks are taken as often as one likes; one in five seconds is kept. */
  add(timeMs: number, readings: readonly Reading[]): void {
    const lastMs = this.#timesMs.at(-1);
    if (lastMs !== undefined && timeMs - lastMs < stepMs) return;
    this.#timesMs.push(timeMs);
    for (const { component, lag } of readings) this.#of(component, lag)?.lags.push(lag.lag);
    for (const { lags } of this.#series.values()) {
      if (lags.length < this.#timesMs.length) lags.push(null);
    }
    if (this.#timesMs.length > pointsMax) this.#forgetOldest();
  }

  /** null when there are too many already. */
  #of(component: string, { topic, partition }: PartitionLag) {
    const name = JSON.stringify([component, topic, partition]);
    const known = this.#series.get(name);
    if (known !== undefined || this.#series.size === partitionsMax) return known ?? null;
    const before = Array.from({ length: this.#timesMs.length - 1 }, () => null);
    const added = { component, topic, partition, lags: before as (number | null)[] };
    this.#series.set(name, added);
    return added;
  }

  #forgetOldest(): void {
    this.#timesMs.shift();
    for (const [name, { lags }] of this.#series) {
      lags.shift();
      if (lags.every((lag) => lag === null)) this.#series.delete(name);
    }
  }
}
