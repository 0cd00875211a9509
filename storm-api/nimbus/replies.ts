import type { ComponentSpec } from '../model/component-spec.ts';
import type { ComponentId } from '../model/ids.ts';
import { sumOfResources, type TopologyResources, totalMb } from '../resources.ts';
import type { ExecutorStatistics, WindowCounts, Windows } from '../statistics/statistics.ts';
import type {
  ClusterSummary,
  ErrorInfo,
  ExecutorSpecificStats,
  ExecutorStats,
  ExecutorSummary,
  NumErrorsChoice,
  TopologySummary as ThriftTopologySummary,
  TopologyInfo,
} from '../thrift/cluster-structs.ts';
import type { ValueOf } from '../thrift/schema.ts';
import type { GlobalStreamId } from '../thrift/topology-structs.ts';
import type { InputCount, TopologySummary } from '../topology-facts.ts';
import {
  acceptedTopologies,
  type ClusterDescription,
  type ComponentError,
  type TopologyDescription,
} from '../topology-service.ts';

export interface NimbusIdentity {
  readonly port: number;
  /** The Storm version we answer as: clients choose their calls by it. */
  readonly version: string;
}

/** Executors are not placed by memory and processors, so none of these are in small pieces. */
function supervisorResources({ capacity, topologies }: ClusterDescription) {
  const { memoryMb, cpuPercent } = capacity;
  const used = sumOfResources(topologies.map(({ resources }) => resources.assigned));
  return {
    total_resources: new Map([
      ['memory.mb', memoryMb],
      ['cpu.pcore.percent', cpuPercent],
      ['supervisor.memory.capacity.mb', memoryMb],
      ['supervisor.cpu.capacity', cpuPercent],
    ]),
    ...{ used_mem: totalMb(used), used_cpu: used.cpuPercent },
    ...{ fragmented_mem: 0, fragmented_cpu: 0, blacklisted: false },
  };
}

export function toClusterSummary(
  cluster: ClusterDescription,
  { port, version }: NimbusIdentity,
): ClusterSummary {
  const { host, nimbusUptimeSecs: uptime_secs } = cluster;
  return {
    supervisors: [
      {
        host,
        uptime_secs,
        num_workers: cluster.slotsTotal,
        num_used_workers: cluster.slotsUsed,
        supervisor_id: cluster.supervisorId,
        version,
        ...supervisorResources(cluster),
      },
    ],
    nimbus_uptime_secs: uptime_secs,
    topologies: acceptedTopologies(cluster).map((each) => toTopologySummary(each, version)),
    nimbuses: [{ host, port, uptime_secs, isLeader: true, version }],
  };
}

export function toTopologySummary(
  topology: TopologySummary,
  version: string,
): ThriftTopologySummary {
  return {
    id: topology.id,
    name: topology.name,
    num_tasks: topology.tasks,
    num_executors: topology.executors,
    num_workers: topology.workers,
    uptime_secs: topology.uptimeSecs,
    status: topology.status,
    storm_version: version,
    ...schedulingOf(topology),
    owner: topology.owner,
    replication_count: 1,
    ...toResourceFields(topology.resources),
  };
}

export function toResourceFields({ requested, assigned }: TopologyResources) {
  return {
    requested_memonheap: requested.onHeapMb,
    requested_memoffheap: requested.offHeapMb,
    requested_cpu: requested.cpuPercent,
    assigned_memonheap: assigned.onHeapMb,
    assigned_memoffheap: assigned.offHeapMb,
    assigned_cpu: assigned.cpuPercent,
  };
}

/** Storm shows there what its scheduler has to say. */
function schedulingOf({ problem }: TopologySummary): { readonly sched_status?: string } {
  return problem === null ? {} : { sched_status: problem };
}

export function toTopologyInfo(
  topology: TopologyDescription,
  statistics: readonly ExecutorStatistics[],
  errors: ValueOf<typeof NumErrorsChoice>,
): TopologyInfo {
  const kinds = new Map(topology.systemTopology.components.map(({ id, kind }) => [id, kind]));
  return {
    id: topology.id,
    name: topology.name,
    uptime_secs: topology.uptimeSecs,
    executors: statistics.map((each) =>
      toExecutorSummary(each, kinds.get(each.component) ?? 'bolt'),
    ),
    status: topology.status,
    errors: toErrors(topology, errors),
    ...schedulingOf(topology),
    owner: topology.owner,
  };
}

export function toExecutorSummary(
  executor: ExecutorStatistics,
  kind: ComponentSpec['kind'],
): ExecutorSummary {
  return {
    executor_info: { task_start: executor.firstTask, task_end: executor.lastTask },
    component_id: executor.component,
    host: executor.host,
    port: executor.port,
    uptime_secs: executor.uptimeSecs,
    ...(executor.windows.size === 0 ? {} : { stats: toStats(executor.windows, kind) }),
  };
}

function toStats(windows: Windows, kind: ComponentSpec['kind']): ExecutorStats {
  return {
    emitted: eachOf(windows, ({ emitted }) => wholeCounts(emitted)),
    transferred: eachOf(windows, ({ transferred }) => wholeCounts(transferred)),
    specific: kind === 'spout' ? toSpoutStats(windows) : toBoltStats(windows),
    rate: 1,
  };
}

function toBoltStats(windows: Windows): ExecutorSpecificStats {
  return {
    kind: 'bolt',
    value: {
      acked: eachOf(windows, ({ acked }) => byInput(acked, countOf)),
      failed: eachOf(windows, ({ failed }) => byInput(failed, countOf)),
      process_ms_avg: eachOf(windows, ({ acked }) => byInput(acked, meanOf)),
      executed: eachOf(windows, ({ executed }) => byInput(executed, countOf)),
      execute_ms_avg: eachOf(windows, ({ executed }) => byInput(executed, meanOf)),
    },
  };
}

function toSpoutStats(windows: Windows): ExecutorSpecificStats {
  return {
    kind: 'spout',
    value: {
      acked: eachOf(windows, ({ acked }) => byStream(acked, countOf)),
      failed: eachOf(windows, ({ failed }) => byStream(failed, countOf)),
      complete_ms_avg: eachOf(windows, ({ acked }) => byStream(acked, meanOf)),
    },
  };
}

/** Every component with executors has a list, empty or not: Storm's pages look each of them up. */
function toErrors(
  { executorList, errors }: TopologyDescription,
  wanted: ValueOf<typeof NumErrorsChoice>,
): TopologyInfo['errors'] {
  const byComponent = new Map<ComponentId, ErrorInfo[]>(
    executorList.map(({ component }) => [component, []]),
  );
  const perComponentMax = { ALL: Number.POSITIVE_INFINITY, ONE: 1, NONE: 0 }[wanted];
  for (const error of errors) {
    const known = byComponent.get(error.component) ?? [];
    if (known.length < perComponentMax) known.push(toErrorInfo(error));
    byComponent.set(error.component, known);
  }
  return byComponent;
}

export function toErrorInfo({ message, timeMs, host, port }: ComponentError): ErrorInfo {
  return { error: message, error_time_secs: Math.floor(timeMs / 1000), host, port };
}

/** By window: Storm's outer maps. */
function eachOf<Counts>(
  windows: Windows,
  of: (counts: WindowCounts) => Counts,
): ReadonlyMap<string, Counts> {
  return new Map(Array.from(windows, ([window, counts]) => [window, of(counts)]));
}

function wholeCounts(counts: ReadonlyMap<string, number>): ReadonlyMap<string, bigint> {
  return new Map(Array.from(counts, ([stream, count]) => [stream, BigInt(count)]));
}

function byStream<Value>(
  inputs: readonly InputCount[],
  pick: (input: InputCount) => Value,
): ReadonlyMap<string, Value> {
  return new Map(inputs.map((input) => [input.stream, pick(input)]));
}

function byInput<Value>(
  inputs: readonly InputCount[],
  pick: (input: InputCount) => Value,
): ReadonlyMap<GlobalStreamId, Value> {
  return new Map(
    inputs.map((input) => [{ componentId: input.source, streamId: input.stream }, pick(input)]),
  );
}

function countOf({ count }: InputCount): bigint {
  return BigInt(count);
}

/** 0 when unknown: Storm's pages multiply the mean of every key that has a count. */
function meanOf({ meanMs }: InputCount): number {
  return meanMs ?? 0;
}
