/** A count never falls while its topology lives; a gauge may. */
interface Metric {
  readonly kind: 'count' | 'gauge';
  readonly help: string;
}

/**
 * Every metric that we tell, without the prefix that `publicNames` gives it. Names stay: people have
 * them in their dashboards. What they mean is in docs/metrics.md.
 */
export const metrics = {
  slots: gauge('Slots for workers'),
  slots_used: gauge('Slots with a worker'),
  uptime_seconds: gauge('Since serve started'),
  topology_status: gauge('1 for the status that it has'),
  topology_problem: gauge('1 when it does not run as it was meant to'),
  topology_uptime_seconds: gauge('Since its submission'),
  worker_running: gauge('1 while it runs'),
  worker_restarts: gauge('How often it ended and was started again'),
  errors: gauge('Reported errors'),
  executors: gauge('Threads'),
  tasks: gauge('Tasks'),
  emitted_total: count('Tuples that were emitted'),
  transferred_total: count('Tuples that were transferred'),
  executed_total: count('Tuples that were executed'),
  acked_total: count('Tuples that were acked'),
  failed_total: count('Tuples that were failed'),
  partition_lag: gauge('Messages that are written and not done with'),
  partition_end_offset: gauge('What the next message will get'),
  partition_done_offset: gauge('Everything in front is done'),
  subprocess_restarts: gauge('How often it ended and was started again'),
  time_share: gauge('Share of the last ten seconds'),
  queue_tuples: gauge('Input that waits'),
  queue_tuples_max: gauge('How much fits'),
  timed_out_trees: gauge('Tuple trees that took too long'),
  capacity: gauge("Storm's capacity of a bolt"),
  latency_seconds: gauge('Of timed tuples of the last minute'),
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof metrics;

export const metricNames = Object.keys(metrics) as readonly MetricName[];

/** As others know them. */
export const publicNames = Object.fromEntries(
  metricNames.map((name) => [name, `gearstorm_${name}`]),
) as Readonly<Record<MetricName, string>>;

function count(help: string): Metric {
  return { kind: 'count', help };
}

function gauge(help: string): Metric {
  return { kind: 'gauge', help };
}
