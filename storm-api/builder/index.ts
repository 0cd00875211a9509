export { Double, Int, Opaque } from '../values/index.ts';
export {
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
  spout,
  type TopologyContext,
  type Tuple,
} from './component.ts';
export { type Field, type Fields, field, type Streams, type ValuesOf } from './fields.ts';
export {
  type ComponentOptions,
  type CustomGrouping,
  type CustomSubscription,
  type NativeTopology,
  TopologyBuilder,
} from './topology-builder.ts';
