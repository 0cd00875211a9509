import {
  enumeration,
  exception,
  list,
  map,
  optional,
  required,
  struct,
  union,
  unmarked,
  type ValueOf,
} from './schema.ts';
import { GlobalStreamId } from './topology-structs.ts';

/**
 * What Nimbus tells of itself and its topologies. A field that any generation of clients requires
 * is required here, so that a reply satisfies all of them.
 */

/** Megabytes, and per cent of a processor; of a topology or of one of its workers. */
export const resourceFields = {
  requested_memonheap: optional(521, 'double'),
  requested_memoffheap: optional(522, 'double'),
  requested_cpu: optional(523, 'double'),
  assigned_memonheap: optional(524, 'double'),
  assigned_memoffheap: optional(525, 'double'),
  assigned_cpu: optional(526, 'double'),
} as const;

const TopologyInitialStatus = enumeration('TopologyInitialStatus', {
  ACTIVE: 1,
  INACTIVE: 2,
});

export const NumErrorsChoice = enumeration('NumErrorsChoice', { ALL: 0, NONE: 1, ONE: 2 });

export const SupervisorSummary = struct('SupervisorSummary', {
  host: required(1, 'string'),
  uptime_secs: required(2, 'i32'),
  num_workers: required(3, 'i32'),
  num_used_workers: required(4, 'i32'),
  supervisor_id: required(5, 'string'),
  version: optional(6, 'string'),
  /** Later pages read keys of this without asking whether it is there. */
  total_resources: optional(7, map('string', 'double')),
  used_mem: optional(8, 'double'),
  used_cpu: optional(9, 'double'),
  fragmented_mem: optional(10, 'double'),
  fragmented_cpu: optional(11, 'double'),
  blacklisted: optional(12, 'bool'),
});

export type TopologySummary = ValueOf<typeof TopologySummary>;
export const TopologySummary = struct('TopologySummary', {
  id: required(1, 'string'),
  name: required(2, 'string'),
  num_tasks: required(3, 'i32'),
  num_executors: required(4, 'i32'),
  num_workers: required(5, 'i32'),
  uptime_secs: required(6, 'i32'),
  status: required(7, 'string'),
  storm_version: optional(8, 'string'),
  sched_status: optional(513, 'string'),
  owner: optional(514, 'string'),
  replication_count: optional(515, 'i32'),
  ...resourceFields,
});

export const NimbusSummary = struct('NimbusSummary', {
  host: required(1, 'string'),
  port: required(2, 'i32'),
  uptime_secs: required(3, 'i32'),
  isLeader: required(4, 'bool'),
  version: required(5, 'string'),
});

export type ClusterSummary = ValueOf<typeof ClusterSummary>;
export const ClusterSummary = struct('ClusterSummary', {
  supervisors: required(1, list(SupervisorSummary)),
  /** Required by clients up to 0.10. */
  nimbus_uptime_secs: required(2, 'i32'),
  topologies: required(3, list(TopologySummary)),
  /** Required by clients from 1.0 on. */
  nimbuses: required(4, list(NimbusSummary)),
});

export type ErrorInfo = ValueOf<typeof ErrorInfo>;
export const ErrorInfo = struct('ErrorInfo', {
  error: required(1, 'string'),
  error_time_secs: required(2, 'i32'),
  host: optional(3, 'string'),
  port: optional(4, 'i32'),
});

const countsByStream = map('string', map('string', 'i64'));
const countsByInput = map('string', map(GlobalStreamId, 'i64'));
const meansByInput = map('string', map(GlobalStreamId, 'double'));

/** All outer map keys of statistics are windows: `:all-time` or seconds. */
const BoltStats = struct('BoltStats', {
  acked: required(1, countsByInput),
  failed: required(2, countsByInput),
  process_ms_avg: required(3, meansByInput),
  executed: required(4, countsByInput),
  execute_ms_avg: required(5, meansByInput),
});

const SpoutStats = struct('SpoutStats', {
  acked: required(1, countsByStream),
  failed: required(2, countsByStream),
  complete_ms_avg: required(3, map('string', map('string', 'double'))),
});

export type ExecutorSpecificStats = ValueOf<typeof ExecutorSpecificStats>;
export const ExecutorSpecificStats = union('ExecutorSpecificStats', {
  bolt: unmarked(1, BoltStats),
  spout: unmarked(2, SpoutStats),
});

export type ExecutorStats = ValueOf<typeof ExecutorStats>;
export const ExecutorStats = struct('ExecutorStats', {
  emitted: required(1, countsByStream),
  transferred: required(2, countsByStream),
  specific: required(3, ExecutorSpecificStats),
  /** Sampling rate of the counts, 1 when they are exact; required by clients from 0.10 on. */
  rate: required(4, 'double'),
});

const ExecutorInfo = struct('ExecutorInfo', {
  task_start: required(1, 'i32'),
  task_end: required(2, 'i32'),
});

export type ExecutorSummary = ValueOf<typeof ExecutorSummary>;
export const ExecutorSummary = struct('ExecutorSummary', {
  executor_info: required(1, ExecutorInfo),
  component_id: required(2, 'string'),
  host: required(3, 'string'),
  port: required(4, 'i32'),
  uptime_secs: required(5, 'i32'),
  stats: optional(7, ExecutorStats),
});

export type TopologyInfo = ValueOf<typeof TopologyInfo>;
export const TopologyInfo = struct('TopologyInfo', {
  id: required(1, 'string'),
  name: required(2, 'string'),
  uptime_secs: required(3, 'i32'),
  executors: required(4, list(ExecutorSummary)),
  status: required(5, 'string'),
  errors: required(6, map('string', list(ErrorInfo))),
  sched_status: optional(513, 'string'),
  owner: optional(514, 'string'),
});

export const KillOptions = struct('KillOptions', { wait_secs: optional(1, 'i32') });

export const RebalanceOptions = struct('RebalanceOptions', {
  wait_secs: optional(1, 'i32'),
  num_workers: optional(2, 'i32'),
  num_executors: optional(3, map('string', 'i32')),
  /** This and what follows it: clients of Storm 2. By component and resource. */
  topology_resources_overrides: optional(4, map('string', map('string', 'double'))),
  /** A JSON object. */
  topology_conf_overrides: optional(5, 'string'),
});

export const Credentials = struct('Credentials', {
  creds: required(1, map('string', 'string')),
  /** Whom clients of Storm 2 expect the topology to belong to. */
  topoOwner: optional(2, 'string'),
});

export const SubmitOptions = struct('SubmitOptions', {
  initial_status: required(1, TopologyInitialStatus),
  creds: optional(2, Credentials),
});

export const GetInfoOptions = struct('GetInfoOptions', {
  num_err_choice: optional(1, NumErrorsChoice),
});

export const AlreadyAliveException = exception('AlreadyAliveException', {
  msg: required(1, 'string'),
});
export const NotAliveException = exception('NotAliveException', { msg: required(1, 'string') });
export const InvalidTopologyException = exception('InvalidTopologyException', {
  msg: required(1, 'string'),
});
export const AuthorizationException = exception('AuthorizationException', {
  msg: required(1, 'string'),
});

const LogLevelAction = enumeration('LogLevelAction', { UNCHANGED: 1, UPDATE: 2, REMOVE: 3 });

export type LogLevel = ValueOf<typeof LogLevel>;
const LogLevel = struct('LogLevel', {
  action: required(1, LogLevelAction),
  target_log_level: optional(2, 'string'),
  reset_log_level_timeout_secs: optional(3, 'i32'),
  /** Milliseconds since 1970, whatever the IDL says. */
  reset_log_level_timeout_epoch: optional(4, 'i64'),
  reset_log_level: optional(5, 'string'),
});

export type LogConfig = ValueOf<typeof LogConfig>;
export const LogConfig = struct('LogConfig', {
  named_logger_level: optional(2, map('string', LogLevel)),
});
