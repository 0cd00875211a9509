import {
  ErrorInfo,
  ExecutorSummary,
  resourceFields,
  SupervisorSummary,
} from './cluster-structs.ts';
import {
  enumeration,
  list,
  map,
  optional,
  required,
  set,
  struct,
  union,
  unmarked,
  type ValueOf,
} from './schema.ts';
import { GlobalStreamId } from './topology-structs.ts';

/** What the pages of Storm 1.x and 2.x ask Nimbus for: sums that earlier pages made themselves. */

const ComponentType = enumeration('ComponentType', { BOLT: 1, SPOUT: 2 });

const CommonAggregateStats = struct('CommonAggregateStats', {
  num_executors: optional(1, 'i32'),
  num_tasks: optional(2, 'i32'),
  emitted: optional(3, 'i64'),
  transferred: optional(4, 'i64'),
  acked: optional(5, 'i64'),
  failed: optional(6, 'i64'),
  resources_map: optional(7, map('string', 'double')),
});

const BoltAggregateStats = struct('BoltAggregateStats', {
  execute_latency_ms: optional(1, 'double'),
  process_latency_ms: optional(2, 'double'),
  executed: optional(3, 'i64'),
  capacity: optional(4, 'double'),
});

const SpoutAggregateStats = struct('SpoutAggregateStats', {
  complete_latency_ms: optional(1, 'double'),
});

const SpecificAggregateStats = union('SpecificAggregateStats', {
  bolt: unmarked(1, BoltAggregateStats),
  spout: unmarked(2, SpoutAggregateStats),
});

export type ComponentAggregateStats = ValueOf<typeof ComponentAggregateStats>;
const ComponentAggregateStats = struct('ComponentAggregateStats', {
  type: optional(1, ComponentType),
  common_stats: optional(2, CommonAggregateStats),
  specific_stats: optional(3, SpecificAggregateStats),
  last_error: optional(4, ErrorInfo),
});

/** Keys are windows. */
export type TopologyStats = ValueOf<typeof TopologyStats>;
const TopologyStats = struct('TopologyStats', {
  window_to_emitted: optional(1, map('string', 'i64')),
  window_to_transferred: optional(2, map('string', 'i64')),
  window_to_complete_latencies_ms: optional(3, map('string', 'double')),
  window_to_acked: optional(4, map('string', 'i64')),
  window_to_failed: optional(5, map('string', 'i64')),
});

export type WorkerSummary = ValueOf<typeof WorkerSummary>;
const WorkerSummary = struct('WorkerSummary', {
  supervisor_id: optional(1, 'string'),
  host: optional(2, 'string'),
  port: optional(3, 'i32'),
  topology_id: optional(4, 'string'),
  topology_name: optional(5, 'string'),
  num_executors: optional(6, 'i32'),
  component_to_num_tasks: optional(7, map('string', 'i64')),
  time_secs: optional(8, 'i32'),
  uptime_secs: optional(9, 'i32'),
  ...resourceFields,
  owner: optional(527, 'string'),
});

export type SupervisorPageInfo = ValueOf<typeof SupervisorPageInfo>;
export const SupervisorPageInfo = struct('SupervisorPageInfo', {
  supervisor_summaries: optional(1, list(SupervisorSummary)),
  worker_summaries: optional(2, list(WorkerSummary)),
});

const DebugOptions = struct('DebugOptions', {
  enable: optional(1, 'bool'),
  samplingpct: optional(2, 'double'),
});

export type TopologyPageInfo = ValueOf<typeof TopologyPageInfo>;
export const TopologyPageInfo = struct('TopologyPageInfo', {
  id: required(1, 'string'),
  name: optional(2, 'string'),
  uptime_secs: optional(3, 'i32'),
  status: optional(4, 'string'),
  num_tasks: optional(5, 'i32'),
  num_workers: optional(6, 'i32'),
  num_executors: optional(7, 'i32'),
  topology_conf: optional(8, 'string'),
  id_to_spout_agg_stats: optional(9, map('string', ComponentAggregateStats)),
  id_to_bolt_agg_stats: optional(10, map('string', ComponentAggregateStats)),
  sched_status: optional(11, 'string'),
  topology_stats: optional(12, TopologyStats),
  owner: optional(13, 'string'),
  debug_options: optional(14, DebugOptions),
  replication_count: optional(15, 'i32'),
  workers: optional(16, list(WorkerSummary)),
  storm_version: optional(17, 'string'),
  ...resourceFields,
});

const ExecutorAggregateStats = struct('ExecutorAggregateStats', {
  exec_summary: optional(1, ExecutorSummary),
  stats: optional(2, ComponentAggregateStats),
});

export type ComponentPageInfo = ValueOf<typeof ComponentPageInfo>;
export const ComponentPageInfo = struct('ComponentPageInfo', {
  component_id: required(1, 'string'),
  component_type: required(2, ComponentType),
  topology_id: optional(3, 'string'),
  topology_name: optional(4, 'string'),
  num_executors: optional(5, 'i32'),
  num_tasks: optional(6, 'i32'),
  window_to_stats: optional(7, map('string', ComponentAggregateStats)),
  gsid_to_input_stats: optional(8, map(GlobalStreamId, ComponentAggregateStats)),
  sid_to_output_stats: optional(9, map('string', ComponentAggregateStats)),
  exec_stats: optional(10, list(ExecutorAggregateStats)),
  errors: optional(11, list(ErrorInfo)),
  eventlog_host: optional(12, 'string'),
  eventlog_port: optional(13, 'i32'),
  debug_options: optional(14, DebugOptions),
  topology_status: optional(15, 'string'),
  resources_map: optional(16, map('string', 'double')),
});

export type OwnerResourceSummary = ValueOf<typeof OwnerResourceSummary>;
export const OwnerResourceSummary = struct('OwnerResourceSummary', {
  owner: required(1, 'string'),
  total_topologies: optional(2, 'i32'),
  total_executors: optional(3, 'i32'),
  total_workers: optional(4, 'i32'),
  memory_usage: optional(5, 'double'),
  cpu_usage: optional(6, 'double'),
  total_tasks: optional(12, 'i32'),
  requested_on_heap_memory: optional(13, 'double'),
  requested_off_heap_memory: optional(14, 'double'),
  requested_total_memory: optional(15, 'double'),
  requested_cpu: optional(16, 'double'),
  assigned_on_heap_memory: optional(17, 'double'),
  assigned_off_heap_memory: optional(18, 'double'),
});

export const TopologyHistoryInfo = struct('TopologyHistoryInfo', {
  topo_ids: unmarked(1, list('string')),
});

export const ProfileAction = enumeration('ProfileAction', {
  JPROFILE_STOP: 0,
  JPROFILE_START: 1,
  JPROFILE_DUMP: 2,
  JMAP_DUMP: 3,
  JSTACK_DUMP: 4,
  JVM_RESTART: 5,
});

const NodeInfo = struct('NodeInfo', {
  /** Of workers their host. */
  node: required(1, 'string'),
  port: required(2, set('i64')),
});

export type ProfileRequest = ValueOf<typeof ProfileRequest>;
export const ProfileRequest = struct('ProfileRequest', {
  nodeInfo: required(1, NodeInfo),
  action: required(2, ProfileAction),
  time_stamp: optional(3, 'i64'),
});
