/** Anything that has a value per period (Storm's IMetric). */
export interface Metric {
  /** What the period came to; null when it has nothing to tell. The next period begins. */
  valueAndReset(): unknown;
}

export interface Counter {
  /** @param by 1 when left out */
  add(by?: number): void;
}

export interface CounterGroup {
  /** Adds to the counter of that name. @param by 1 when left out */
  add(name: string, by?: number): void;
}

export interface Histogram {
  record(value: number): void;
}

/**
 * Metrics of one task. Each is told to the topology's metrics consumers every `periodSecs`.
 * All of them throw Error outside `open` and `prepare`, for a name that the task has, and for a
 * period that is no whole number of seconds above 0, as Storm's registerMetric does.
 */
export interface TaskMetrics {
  /** Counts from 0 in each period. */
  counter(name: string, periodSecs: number): Counter;
  /** Counters by name, such as one per kind of error; told as one map. */
  counters(name: string, periodSecs: number): CounterGroup;
  /** @param read called once per period */
  gauge(name: string, read: () => unknown, periodSecs: number): void;
  /** Told as a map of count, min, max, mean, p50, p95 and p99. */
  histogram(name: string, periodSecs: number): Histogram;
  register<Own extends Metric>(name: string, metric: Own, periodSecs: number): Own;
}

/** Where data points come from (IMetricsConsumer.TaskInfo). */
export interface MetricsTaskInfo {
  readonly workerHost: string;
  readonly workerPort: number;
  readonly componentId: string;
  readonly taskId: number;
  /** Seconds since 1970. */
  readonly timestampSecs: number;
  readonly periodSecs: number;
}

export interface DataPoint {
  readonly name: string;
  readonly value: unknown;
}
