import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Registry } from 'prom-client';
import type {
  ComponentStatistics,
  LatencySpread,
  TopologyService,
  TopologyStatistics,
} from '../storm-api/index.ts';

const states = ['ACTIVE', 'INACTIVE', 'REBALANCING', 'KILLED'] as const;

/** Serves what Prometheus scrapes. Names and labels are told in docs/metrics.md, and stay. */
export function addMetricsRoute(server: FastifyInstance, service: TopologyService): void {
  server.get('/metrics', async (_, reply) => {
    const metrics = new Metrics();
    metrics.put(service);
    return reply.type(metrics.contentType).send(await metrics.text());
  });
}

type Labels = Readonly<Record<string, string>>;

interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** Keeps what it is told in a list: prom-client's own looks every combination of labels up again. */
class ListedGauge extends Gauge {
  readonly samples: Sample[] = [];

  override async get() {
    return { ...(await super.get()), values: this.samples };
  }
}

/** As `ListedGauge`. */
class ListedCounter extends Counter {
  readonly samples: Sample[] = [];

  override async get() {
    return { ...(await super.get()), values: this.samples };
  }
}

/** Made anew for every scrape, so that nothing is told of a topology that is gone. */
class Metrics {
  readonly #registry = new Registry();
  readonly #metrics = new Map<string, ListedGauge | ListedCounter>();

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  put(service: TopologyService): void {
    const { slotsTotal, slotsUsed, nimbusUptimeSecs, topologies } = service.cluster();
    this.#set('slots', 'Slots for workers', {}, slotsTotal);
    this.#set('slots_used', 'Slots with a worker', {}, slotsUsed);
    this.#set('uptime_seconds', 'Since serve started', {}, nimbusUptimeSecs);
    for (const { id } of topologies) this.#topology(service.statistics(id));
  }

  #topology(statistics: TopologyStatistics): void {
    const topology = { topology: statistics.name };
    for (const status of states) {
      const is = statistics.status === status ? 1 : 0;
      this.#set('topology_status', '1 for the status that it has', { ...topology, status }, is);
    }
    const hasProblem = statistics.problem === null ? 0 : 1;
    this.#set(
      'topology_problem',
      '1 when it does not run as it was meant to',
      topology,
      hasProblem,
    );
    this.#set('topology_uptime_seconds', 'Since its submission', topology, statistics.uptimeSecs);
    for (const { port, state, restarts } of statistics.workerList) {
      const worker = { ...topology, port: String(port) };
      this.#set('worker_running', '1 while it runs', worker, state === 'running' ? 1 : 0);
      this.#set('worker_restarts', 'How often it ended and was started again', worker, restarts);
    }
    for (const component of statistics.components) {
      if (component.executors > 0) this.#component(component, topology);
    }
    for (const [component, count] of errorCounts(statistics)) {
      this.#set('errors', 'Reported errors', { ...topology, component }, count);
    }
  }

  #component(component: ComponentStatistics, topology: { readonly topology: string }): void {
    const labels = { ...topology, component: component.id };
    this.#set('executors', 'Threads', labels, component.executors);
    this.#set('tasks', 'Tasks', labels, component.tasks);
    this.#counts(component, labels);
    this.#lags(component, labels);
    const { time, queue, timedOut } = component;
    for (const [state, share] of Object.entries(time ?? {})) {
      this.#set('time_share', 'Share of the last ten seconds', { ...labels, state }, share);
    }
    if (queue !== null) this.#set('queue_tuples', 'Input that waits', labels, queue.tuples);
    if (queue !== null) this.#set('queue_tuples_max', 'How much fits', labels, queue.tuplesMax);
    if (timedOut !== null) {
      this.#set('timed_out_trees', 'Tuple trees that took too long', labels, timedOut.trees);
    }
    if (component.capacity !== null) {
      this.#set('capacity', "Storm's capacity of a bolt", labels, component.capacity);
    }
    for (const [kind, spread] of Object.entries(component.latencies)) {
      this.#latency(spread, { ...labels, kind });
    }
  }

  #lags({ lags }: ComponentStatistics, labels: Labels): void {
    for (const { topic, partition, lag, endOffset, doneOffset } of lags) {
      const place = { ...labels, topic, partition: String(partition) };
      this.#set('partition_lag', 'Messages that are written and not done with', place, lag);
      this.#set('partition_end_offset', 'What the next message will get', place, endOffset);
      this.#set('partition_done_offset', 'Everything in front is done', place, doneOffset);
    }
  }

  #counts({ windows }: ComponentStatistics, labels: Labels): void {
    const counts = windows.get(':all-time');
    if (counts === undefined) return;
    for (const part of ['emitted', 'transferred'] as const) {
      for (const [stream, count] of counts[part]) {
        this.#set(`${part}_total`, `Tuples that were ${part}`, { ...labels, stream }, count);
      }
    }
    for (const part of ['executed', 'acked', 'failed'] as const) {
      for (const { source, stream, count } of counts[part]) {
        this.#set(
          `${part}_total`,
          `Tuples that were ${part}`,
          { ...labels, source, stream },
          count,
        );
      }
    }
  }

  #latency(spread: LatencySpread | null, labels: Labels): void {
    if (spread === null) return;
    const quantiles = { '0.5': spread.p50Ms, '0.95': spread.p95Ms, '0.99': spread.p99Ms };
    for (const [quantile, ms] of Object.entries({ ...quantiles, '1': spread.maxMs })) {
      this.#set(
        'latency_seconds',
        'Of timed tuples of the last minute',
        { ...labels, quantile },
        ms / 1000,
      );
    }
  }

  /** Once for each combination of labels. */
  #set(name: string, help: string, labels: Labels, value: number): void {
    this.#metric(name, help, labels).samples.push({ labels, value });
  }

  #metric(name: string, help: string, labels: Labels): ListedGauge | ListedCounter {
    const known = this.#metrics.get(name);
    if (known !== undefined) return known;
    const registers = [this.#registry];
    const options = { name: `gearstorm_${name}`, help, labelNames: Object.keys(labels), registers };
    const metric = name.endsWith('_total') ? new ListedCounter(options) : new ListedGauge(options);
    this.#metrics.set(name, metric);
    return metric;
  }
}

function errorCounts({ errorGroups }: TopologyStatistics): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { component, count } of errorGroups) {
    counts.set(component, (counts.get(component) ?? 0) + count);
  }
  return counts;
}
