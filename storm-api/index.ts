export { StormConf } from './config/storm-conf.ts';
export {
  type DebugOptions,
  debuggingOf,
  debugOptions,
  eventLogName,
  optionsFor,
} from './debugging.ts';
export type {
  DrpcRequest,
  DrpcRequests,
  DrpcServerAddress,
  TakerSignals,
} from './drpc-requests.ts';
export type { DrpcFunctionSummary, DrpcLatencies } from './drpc-summary.ts';
export {
  AlreadyAliveError,
  InvalidLogLevelError,
  InvalidStateError,
  InvalidTopologyError,
  NotAliveError,
} from './errors.ts';
export {
  type LoggerChange,
  type LoggerLevel,
  type LogLevel,
  loggerChange,
} from './log-levels.ts';
export type {
  ComponentSpec,
  Implementation,
  InputSpec,
  StreamSpec,
} from './model/component-spec.ts';
export {
  type ComponentId,
  componentId,
  type StormId,
  type StreamId,
  stormId,
  streamId,
  systemPrefix,
  type TaskId,
  taskId,
} from './model/ids.ts';
export type { JavaArgument } from './model/java-argument.ts';
export type { StreamGrouping } from './model/stream-grouping.ts';
export type { Generation, Topology } from './model/topology.ts';
export type { TopologyStatus } from './model/topology-status.ts';
export { didYouMean, nearest } from './nearest.ts';
export {
  noResources,
  type Resources,
  resourcesOf,
  type SupervisorCapacity,
  sumOfResources,
  type TopologyResources,
  totalMb,
} from './resources.ts';
export {
  type ComponentStatistics,
  type ErrorGroup,
  type ExecutorStatistics,
  type InputRate,
  type LatencySpread,
  type LatencySpreads,
  type PartitionLag,
  type QueueDepth,
  type Rates,
  type SourceLag,
  type StatisticsWindow,
  statisticsWindows,
  type TaskRestarts,
  type TimeShares,
  type TopologyStatistics,
  type WindowCounts,
  type Windows,
} from './statistics/statistics.ts';
export { sumOfTotals, type Totals, totalsOf } from './statistics/window-totals.ts';
export type {
  ExecutorCounts,
  InputCount,
  TimedOutCounts,
  TopologySummary,
  WorkerDescription,
} from './topology-facts.ts';
export type { DrpcSpout, ObservedTopology, TopologyObserver } from './topology-observer.ts';
export type {
  ClusterDescription,
  ComponentError,
  Credentials,
  ExecutorDescription,
  ParallelismRequest,
  PeekedTuple,
  PeekListener,
  PeekRequest,
  PlacedExecutor,
  RebalanceRequest,
  StateClaim,
  StateClaims,
  SubmitRequest,
  TopologyDescription,
  TopologyService,
} from './topology-service.ts';
export { acceptedTopologies } from './topology-service.ts';
export type { WorkerProfiler, WorkerRecording } from './worker-profiler.ts';
