import { InvalidTopologyError } from '../errors.ts';

/** Storm's CountShellMetric, ReducedShellMetric over MeanReducer, and AssignableShellMetric. */
const shellMetricKinds = ['count', 'mean', 'assignable'] as const;

export type ShellMetricKind = (typeof shellMetricKinds)[number];

/** A metric that a program changes by the protocol's `metrics`. */
export interface ShellMetric {
  /**
   * `count` grows by a whole number, by 1 without one; `mean` is of the numbers of a period;
   * `assignable` is what it was set to last.
   */
  readonly kind: ShellMetricKind;
  /** Whole seconds after which metrics consumers hear of it, 1 at least. */
  readonly periodSecs: number;
}

export type ShellMetrics = Readonly<Record<string, ShellMetric>>;

/** Key of a component's configuration that names its metrics, so that they travel with any client. */
export const shellMetricsKey = 'gearstorm.multilang.metrics';

/**
 * The metrics that a shell component may change, by name; none when nobody says any.
 * @param value of the component's configuration
 * @throws InvalidTopologyError for what names no metrics
 */
export function shellMetricsOf(value: unknown): ShellMetrics {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new InvalidTopologyError(`${shellMetricsKey} is no map of metrics by name`);
  }
  for (const [name, metric] of Object.entries(value)) requireMetric(name, metric);
  return value as ShellMetrics;
}

function requireMetric(name: string, metric: unknown): void {
  const { kind, periodSecs } = { ...(metric as Partial<ShellMetric> | null) };
  if (kind === undefined || !shellMetricKinds.includes(kind)) {
    const kinds = shellMetricKinds.join(', ');
    throw new InvalidTopologyError(`the metric ${name} of ${shellMetricsKey} is none of ${kinds}`);
  }
  if (periodSecs === undefined || !Number.isInteger(periodSecs) || periodSecs < 1) {
    throw new InvalidTopologyError(
      `the metric ${name} of ${shellMetricsKey} has no period of whole seconds (periodSecs)`,
    );
  }
}
