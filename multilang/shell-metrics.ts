import {
  type ShellMetricKind,
  shellMetricsKey,
  shellMetricsOf,
  type TopologyContext,
} from '../storm-api/builder/index.ts';

/** What a child changes by the command `metrics` (Storm's IShellMetric). */
export interface ChildMetric {
  /** @throws TypeError for what such a metric cannot take */
  update(params: unknown): void;
  valueAndReset(): unknown;
}

/**
 * Registers the metrics that a shell component's configuration names, so that metrics consumers hear of
 * them as of any other.
 * @throws InvalidTopologyError when the configuration names them in no way that is known
 */
export function registerShellMetrics(context: TopologyContext): ReadonlyMap<string, ChildMetric> {
  const specs = Object.entries(shellMetricsOf(context.config.get(shellMetricsKey)));
  return new Map(
    specs.map(([name, { kind, periodSecs }]) => {
      return [name, context.metrics.register(name, new kinds[kind](), periodSecs)];
    }),
  );
}

/** Storm's CountShellMetric. */
class Count implements ChildMetric {
  #count = 0;

  update(params: unknown): void {
    if (params === null || params === undefined) this.#count += 1;
    else if (Number.isInteger(numberOf(params))) this.#count += numberOf(params);
    else throw new TypeError(`a count grows by whole numbers, not by ${String(params)}`);
  }

  valueAndReset(): number {
    const count = this.#count;
    this.#count = 0;
    return count;
  }
}

/** Storm's ReducedShellMetric over MeanReducer. */
class Mean implements ChildMetric {
  #sum = 0;
  #count = 0;

  update(params: unknown): void {
    const value = numberOf(params);
    if (Number.isNaN(value)) throw new TypeError(`a mean is of numbers, not of ${String(params)}`);
    this.#sum += value;
    this.#count += 1;
  }

  valueAndReset(): number | null {
    const mean = this.#count === 0 ? null : this.#sum / this.#count;
    this.#sum = 0;
    this.#count = 0;
    return mean;
  }
}

/** Storm's AssignableShellMetric: keeps its value until it gets another. */
class Assignable implements ChildMetric {
  #value: unknown = null;

  update(params: unknown): void {
    this.#value = params;
  }

  valueAndReset(): unknown {
    return this.#value;
  }
}

const kinds: Readonly<Record<ShellMetricKind, new () => ChildMetric>> = {
  count: Count,
  mean: Mean,
  assignable: Assignable,
};

/** Of a number as JSON and Java tell them apart; NaN for anything else. */
function numberOf(value: unknown): number {
  const plain = typeof value === 'object' && value !== null ? value.valueOf() : value;
  return typeof plain === 'number' || typeof plain === 'bigint' ? Number(plain) : Number.NaN;
}
