import type {
  ComponentId,
  ComponentStatistics,
  ExecutorStatistics,
  InputCount,
  LatencySpread,
  PartitionLag,
  TopologyStatistics,
  WorkerDescription,
} from '../../storm-api/index.ts';
import type {
  ComponentLine,
  ErrorLine,
  ExecutorLine,
  GraphMessage,
  Health,
  Lag,
  LagLine,
  Queue,
  Rates,
  Spread,
  TopologyLine,
  TopologyMessage,
  WorkerLine,
} from './messages.ts';

/** Rows of a component's executors that are sent at most. */
const executorsMax = 100;
const errorsMax = 30;
const partitionsMax = 50;
const messageLengthMax = 8000;

export type TopologyFacts = Omit<TopologyLine, 'recent'>;

/** What the list shows of a topology. */
export function topologyFacts(topology: TopologyStatistics): TopologyFacts {
  const { id, name, status, problem, uptimeSecs, tasks, executors, workers } = topology;
  const components = topology.components.filter(isUsers);
  const spouts = components.filter(({ kind }) => kind === 'spout');
  const failedPerSec = sum(spouts, ({ rates }) => rates.failed);
  return {
    ...{ id, name, status, problem, uptimeSecs, tasks, executors, workers },
    health: healthOf(topology, failedPerSec),
    executedPerSec: sum(components, ({ rates }) => rates.executed),
    emittedPerSec: sum(spouts, ({ rates }) => rates.emitted),
    failedPerSec,
    failed: sum(spouts, (each) => totalsOf(each).failed),
    complete: slowest(spouts.map(({ latencies }) => latencies.complete)),
    lag: totalLag(components.flatMap(({ lags }) => lags)),
    bottleneck: topology.bottleneck,
  };
}

/** Everything of one topology, with the executors of one component if one is named. */
export function topologyMessage(
  topology: TopologyStatistics,
  graph: GraphMessage,
  selected: string | null,
): TopologyMessage {
  const components = spoutsFirst(topology.components.filter(isUsers));
  const busiest = busiestThreads(topology.executorList);
  return {
    ...topologyFacts(topology),
    timeMs: topology.timeMs,
    components: components.map((each) => componentLine(each, busiest.get(each.id) ?? null)),
    edgesPerSec: edgeRates(components, graph),
    workerList: workerLines(topology),
    errors: topology.errorGroups.slice(0, errorsMax).map(errorLine),
    executorList:
      selected === null
        ? null
        : executorLines(topology.executorList.filter(({ component }) => component === selected)),
  };
}

/** In their order otherwise. */
export function spoutsFirst(
  components: readonly ComponentStatistics[],
): readonly ComponentStatistics[] {
  const isSpout = ({ kind }: ComponentStatistics) => kind === 'spout';
  return [...components.filter(isSpout), ...components.filter((each) => !isSpout(each))];
}

function healthOf(
  { status, problem, bottleneck }: TopologyStatistics,
  failedPerSec: number,
): Health {
  if (problem !== null) return 'bad';
  if (status === 'INACTIVE' || status === 'KILLED') return 'stopped';
  if (failedPerSec > 0) return 'failing';
  return bottleneck === null ? 'good' : 'busy';
}

/** Storm's own components are left out, as in Storm's pages; metrics consumers are shown. */
export function isUsers({ id, kind }: ComponentStatistics): boolean {
  return kind !== 'system' && !id.startsWith('__acker');
}

function componentLine(component: ComponentStatistics, busiest: number | null): ComponentLine {
  const { id, kind, executors, tasks, rates, latencies, time, capacity, timedOut } = component;
  return {
    ...{ id, kind, executors, tasks, rates, busiest, capacity },
    totals: totalsOf(component),
    queued: spread(latencies.queue),
    execute: spread(latencies.execute),
    process: spread(latencies.process),
    complete: spread(latencies.complete),
    queue: queueOf(component),
    shares: time,
    lag: lagOf(component),
    subprocessRestarts: component.subprocessRestarts.filter(({ restarts }) => restarts > 0),
    timedOut: timedOut === null ? null : { ...timedOut, holders: holdersOf(timedOut.holders) },
  };
}

function busiestThreads(
  executors: readonly ExecutorStatistics[],
): ReadonlyMap<ComponentId, number> {
  const busiest = new Map<ComponentId, number>();
  for (const { component, time } of executors) {
    if (time !== null) busiest.set(component, Math.max(time.busy, busiest.get(component) ?? 0));
  }
  return busiest;
}

function executorLines(executors: readonly ExecutorStatistics[]): readonly ExecutorLine[] {
  const busiestFirst = [...executors].sort((a, b) => (b.time?.busy ?? 0) - (a.time?.busy ?? 0));
  return busiestFirst.slice(0, executorsMax).map((executor) => {
    const { firstTask, lastTask, port, uptimeSecs, rates, latencies, time } = executor;
    return {
      ...{ firstTask, lastTask, port, uptimeSecs, rates },
      queued: spread(latencies.queue),
      execute: spread(latencies.execute),
      complete: spread(latencies.complete),
      queue: queueOf(executor),
      shares: time,
    };
  });
}

function workerLines({ workerList, executorList }: TopologyStatistics): readonly WorkerLine[] {
  return workerList.map((worker, place) =>
    workerLine(
      worker,
      executorList.filter((executor) => executor.worker === place),
    ),
  );
}

function workerLine(
  worker: WorkerDescription,
  executors: readonly ExecutorStatistics[],
): WorkerLine {
  const { port, host, pid, state, restarts, restartsAtMs, uptimeSecs, lastExit } = worker;
  return {
    ...{ port, host, pid, state, restarts, restartsAtMs, uptimeSecs, lastExit },
    executors: executors.length,
    components: [...new Set(executors.map(({ component }) => component))].filter(
      (id) => !id.startsWith('__'),
    ),
  };
}

function errorLine(error: TopologyStatistics['errorGroups'][number]): ErrorLine {
  return { ...error, message: error.message.slice(0, messageLengthMax) };
}

/** What the subscribers took in, edge by edge in the graph's order. */
function edgeRates(
  components: readonly ComponentStatistics[],
  { edges }: GraphMessage,
): readonly number[] {
  const rates = new Map<string, number>();
  for (const { id, inputRates } of components) {
    for (const { source, stream, perSec } of inputRates) {
      rates.set(JSON.stringify([source, stream, id]), perSec);
    }
  }
  return edges.map(
    ({ source, stream, target }) => rates.get(JSON.stringify([source, stream, target])) ?? 0,
  );
}

function totalsOf({ windows }: ComponentStatistics): Rates {
  const counts = windows.get(':all-time');
  return {
    emitted: ofUsers(counts?.emitted ?? new Map()),
    transferred: ofUsers(counts?.transferred ?? new Map()),
    executed: counted(counts?.executed ?? []),
    acked: counted(counts?.acked ?? []),
    failed: counted(counts?.failed ?? []),
  };
}

function ofUsers(counts: ReadonlyMap<string, number>): number {
  return sum([...counts], ([stream, count]) => (stream.startsWith('__') ? 0 : count));
}

function counted(inputs: readonly InputCount[]): number {
  return sum(inputs, ({ stream, count }) => (stream.startsWith('__') ? 0 : count));
}

function holdersOf(holders: ReadonlyMap<ComponentId, number>) {
  return [...holders].map(([id, tuples]) => ({ id, tuples })).sort((a, b) => b.tuples - a.tuples);
}

function queueOf({ queue }: Pick<ComponentStatistics, 'queue'>): Queue | null {
  if (queue === null) return null;
  return { tuples: queue.tuples, tuplesMax: queue.tuplesMax, waitMs: queue.waitMs };
}

function lagOf({ lags }: ComponentStatistics): Lag | null {
  const total = totalLag(lags);
  if (total === null) return null;
  const worst = [...lags].sort((one, other) => other.lag - one.lag).slice(0, partitionsMax);
  return { total, partitions: lags.length, worst: worst.map(lagLine) };
}

export function lagLine(lag: PartitionLag): LagLine {
  return { ...lag };
}

/** null of none. */
function totalLag(lags: readonly PartitionLag[]): number | null {
  return lags.length === 0 ? null : sum(lags, ({ lag }) => lag);
}

function spread(latency: LatencySpread | null): Spread | null {
  if (latency === null) return null;
  return { p50: latency.p50Ms, p95: latency.p95Ms, p99: latency.p99Ms, max: latency.maxMs };
}

/** Of several spouts the one whose trees take longest. */
function slowest(spreads: readonly (LatencySpread | null)[]): Spread | null {
  const known = spreads.flatMap((each) => each ?? []);
  const [first, ...rest] = known;
  if (first === undefined) return null;
  return spread(rest.reduce((most, each) => (each.p99Ms > most.p99Ms ? each : most), first));
}

function sum<Each>(all: readonly Each[], of: (each: Each) => number): number {
  return all.reduce((total, each) => total + of(each), 0);
}
