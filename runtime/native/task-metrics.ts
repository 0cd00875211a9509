import type {
  Counter,
  CounterGroup,
  DataPoint,
  Histogram,
  Metric,
  TaskMetrics,
} from '../../storm-api/builder/index.ts';

/** What a histogram keeps of one period; beyond that the percentiles are those of the last values. */
const histogramValuesMax = 4096;

/** The metrics of one task, by their period. */
export class RegisteredMetrics implements TaskMetrics {
  readonly #byPeriod = new Map<number, Map<string, Metric>>();
  #isSealed = false;

  /** No more may be registered. */
  seal(): void {
    this.#isSealed = true;
  }

  get periodsSecs(): readonly number[] {
    return [...this.#byPeriod.keys()];
  }

  /** Ends one period of the metrics that have it. */
  read(periodSecs: number): readonly DataPoint[] {
    const metrics = [...(this.#byPeriod.get(periodSecs) ?? [])];
    const points = metrics.map(([name, metric]) => ({ name, value: metric.valueAndReset() }));
    return points.filter(({ value }) => value !== null && value !== undefined);
  }

  register<Own extends Metric>(name: string, metric: Own, periodSecs: number): Own {
    if (this.#isSealed) {
      throw new Error(`metric ${name} comes too late: metrics are registered in open or prepare`);
    }
    if (!Number.isInteger(periodSecs) || periodSecs < 1) {
      throw new Error(`metric ${name} has a period of ${periodSecs}: at least 1 whole second`);
    }
    if ([...this.#byPeriod.values()].some((metrics) => metrics.has(name))) {
      throw new Error(`the task has a metric ${name} already`);
    }
    const metrics = this.#byPeriod.get(periodSecs) ?? new Map<string, Metric>();
    this.#byPeriod.set(periodSecs, metrics.set(name, metric));
    return metric;
  }

  counter(name: string, periodSecs: number): Counter {
    return this.register(name, new CountMetric(), periodSecs);
  }

  counters(name: string, periodSecs: number): CounterGroup {
    return this.register(name, new MultiCountMetric(), periodSecs);
  }

  gauge(name: string, read: () => unknown, periodSecs: number): void {
    this.register(name, { valueAndReset: read }, periodSecs);
  }

  histogram(name: string, periodSecs: number): Histogram {
    return this.register(name, new HistogramMetric(), periodSecs);
  }
}

class CountMetric implements Counter, Metric {
  #count = 0;

  add(by = 1): void {
    this.#count += by;
  }

  valueAndReset(): number {
    const count = this.#count;
    this.#count = 0;
    return count;
  }
}

class MultiCountMetric implements CounterGroup, Metric {
  readonly #counts = new Map<string, CountMetric>();

  add(name: string, by = 1): void {
    const counter = this.#counts.get(name) ?? new CountMetric();
    this.#counts.set(name, counter);
    counter.add(by);
  }

  valueAndReset(): ReadonlyMap<string, number> {
    return new Map([...this.#counts].map(([name, counter]) => [name, counter.valueAndReset()]));
  }
}

class HistogramMetric implements Histogram, Metric {
  #values: number[] = [];
  #count = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  record(value: number): void {
    this.#values[this.#count % histogramValuesMax] = value;
    this.#count += 1;
    this.#sum += value;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
  }

  valueAndReset(): unknown {
    if (this.#count === 0) return null;
    const sorted = Float64Array.from(this.#values).sort();
    const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1];
    const told = {
      ...{ count: this.#count, min: this.#min, max: this.#max, mean: this.#sum / this.#count },
      ...{ p50: at(0.5), p95: at(0.95), p99: at(0.99) },
    };
    this.#values = [];
    this.#count = 0;
    this.#sum = 0;
    this.#min = Number.POSITIVE_INFINITY;
    this.#max = Number.NEGATIVE_INFINITY;
    return told;
  }
}
