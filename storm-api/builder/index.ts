export type { SourceLag } from '../statistics/statistics.ts';
export { Double, Int, Opaque } from '../values/index.ts';
export {
  type BatchBolt,
  type BatchBoltDefinition,
  type BatchCollector,
  type BatchTask,
  batchBolt,
} from './batch-bolt.ts';
export {
  type Awaitable,
  type BasicBoltDefinition,
  type BasicCollector,
  type Bolt,
  type BoltDefinition,
  type BoltTask,
  basicBolt,
  bolt,
  type OutputCollector,
  type Spout,
  type SpoutCollector,
  type SpoutDefinition,
  type SpoutTask,
} from './component.ts';
export type { Subscription, TaskHook, TopologyContext } from './context.ts';
export type { DrpcPort } from './drpc-port.ts';
export { drpcSpout } from './drpc-spout.ts';
export { type Field, type Fields, field, type Streams, type ValuesOf } from './fields.ts';
export {
  type Argument,
  type ForeignBolt,
  type ForeignSpout,
  type JavaSpoutOptions,
  javaBolt,
  javaSpout,
  type ShellOptions,
  shellBolt,
  shellSpout,
} from './foreign-component.ts';
export type {
  BoltAckInfo,
  BoltExecuteInfo,
  BoltFailInfo,
  EmitInfo,
  SpoutAckInfo,
  SpoutFailInfo,
} from './hooks.ts';
export { LinearDrpcBuilder } from './linear-drpc-builder.ts';
export type {
  Counter,
  CounterGroup,
  DataPoint,
  Histogram,
  Metric,
  MetricsTaskInfo,
  TaskMetrics,
} from './metrics.ts';
export { type MetricsConsumer, type MetricsHandler, reportValues } from './metrics-consumer.ts';
export type {
  ComponentOptions,
  CustomGrouping,
  CustomSubscription,
  ForeignFiles,
  NativeTopology,
} from './native-topology.ts';
export { returnResults } from './return-results.ts';
export {
  type ShellMetric,
  type ShellMetricKind,
  type ShellMetrics,
  shellMetricsKey,
  shellMetricsOf,
} from './shell-metrics.ts';
export type { Emission } from './source-task.ts';
export { type SourceDefinition, spout } from './spout.ts';
export { submissionHook, submitTopology } from './submit-topology.ts';
export { TopologyBuilder } from './topology-builder.ts';
export type { Tuple } from './tuple.ts';
