import type {
  ClusterDescription,
  ComponentStatistics,
  LatencySpread,
  TopologyService,
  TopologyStatistics,
} from '../../storm-api/index.ts';
import { eachTopology } from '../each-topology.ts';
import { LabelSet } from './label-set.ts';
import type { MetricName } from './metrics.ts';

/** Is told a metric's value now, once for each combination of labels. */
export type Teller = (name: MetricName, labels: LabelSet, value: number) => void;

const noLabels = new LabelSet({});
const states = ['ACTIVE', 'INACTIVE', 'REBALANCING', 'KILLED'] as const;

/**
 * Tells all that there is now, and so nothing of a topology that is gone. Whoever else asks for
 * something gets it between two topologies.
 */
export async function tellSamples(service: TopologyService, tell: Teller): Promise<void> {
  const cluster = service.cluster();
  tellCluster(cluster, tell);
  for await (const statistics of eachTopology(cluster, service)) {
    const labels = labelsOf(statistics);
    tellTopology(statistics, labels, tell);
    tellComponents(statistics, labels, tell);
  }
}

export function tellCluster(cluster: ClusterDescription, tell: Teller): void {
  tell('slots', noLabels, cluster.slotsTotal);
  tell('slots_used', noLabels, cluster.slotsUsed);
  tell('uptime_seconds', noLabels, cluster.nimbusUptimeSecs);
}

/** Of the series of one topology. */
export function labelsOf({ name }: TopologyStatistics): LabelSet {
  return new LabelSet({ topology: name });
}

/** How it is now. */
export function tellTopology(statistics: TopologyStatistics, labels: LabelSet, tell: Teller): void {
  for (const status of states) {
    tell('topology_status', labels.with('status', status), statistics.status === status ? 1 : 0);
  }
  tell('topology_problem', labels, statistics.problem === null ? 0 : 1);
  tell('topology_uptime_seconds', labels, statistics.uptimeSecs);
  for (const { port, state, restarts } of statistics.workerList) {
    const worker = labels.with('port', String(port));
    tell('worker_running', worker, state === 'running' ? 1 : 0);
    tell('worker_restarts', worker, restarts);
  }
  for (const [component, errors] of errorCounts(statistics)) {
    tell('errors', labels.with('component', component), errors);
  }
}

/** What its workers reported: the same for as long as `components` is the same list. */
export function tellComponents(
  { components }: TopologyStatistics,
  labels: LabelSet,
  tell: Teller,
): void {
  for (const component of components) {
    if (component.executors === 0) continue;
    tellComponent(component, labels.with('component', component.id), tell);
  }
}

function tellComponent(component: ComponentStatistics, labels: LabelSet, tell: Teller): void {
  const { executors, tasks, time, queue, timedOut, capacity, latencies } = component;
  tell('executors', labels, executors);
  tell('tasks', labels, tasks);
  tellCounts(component, labels, tell);
  tellLags(component, labels, tell);
  for (const { task, restarts } of component.subprocessRestarts) {
    tell('subprocess_restarts', labels.with('task', String(task)), restarts);
  }
  for (const [state, share] of Object.entries(time ?? {})) {
    tell('time_share', labels.with('state', state), share);
  }
  if (queue !== null) tell('queue_tuples', labels, queue.tuples);
  if (queue !== null) tell('queue_tuples_max', labels, queue.tuplesMax);
  if (timedOut !== null) tell('timed_out_trees', labels, timedOut.trees);
  if (capacity !== null) tell('capacity', labels, capacity);
  for (const [kind, spread] of Object.entries(latencies)) {
    if (spread !== null) tellLatency(spread, labels.with('kind', kind), tell);
  }
}

function tellCounts({ windows }: ComponentStatistics, labels: LabelSet, tell: Teller): void {
  const counts = windows.get(':all-time');
  if (counts === undefined) return;
  for (const part of ['emitted', 'transferred'] as const) {
    for (const [stream, count] of counts[part]) {
      tell(`${part}_total`, labels.with('stream', stream), count);
    }
  }
  for (const part of ['executed', 'acked', 'failed'] as const) {
    for (const { source, stream, count } of counts[part]) {
      tell(`${part}_total`, labels.with('source', source).with('stream', stream), count);
    }
  }
}

function tellLags({ lags }: ComponentStatistics, labels: LabelSet, tell: Teller): void {
  for (const { topic, partition, lag, endOffset, doneOffset } of lags) {
    const place = labels.with('topic', topic).with('partition', String(partition));
    tell('partition_lag', place, lag);
    tell('partition_end_offset', place, endOffset);
    tell('partition_done_offset', place, doneOffset);
  }
}

function tellLatency(spread: LatencySpread, labels: LabelSet, tell: Teller): void {
  const { p50Ms, p95Ms, p99Ms, maxMs } = spread;
  const quantiles = { '0.5': p50Ms, '0.95': p95Ms, '0.99': p99Ms, '1': maxMs };
  for (const [quantile, ms] of Object.entries(quantiles)) {
    tell('latency_seconds', labels.with('quantile', quantile), ms / 1000);
  }
}

function errorCounts({ errorGroups }: TopologyStatistics): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { component, count } of errorGroups) {
    counts.set(component, (counts.get(component) ?? 0) + count);
  }
  return counts;
}
