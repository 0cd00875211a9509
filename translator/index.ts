export type {
  ExecutionPlan,
  ExecutorPlan,
  HostKind,
  PlannedStream,
  Processor,
  Route,
  RouteChoice,
  ShellCommand,
  WorkerPlan,
} from './execution-plan.ts';
export { type MultilangSerializer, multilangSerializer } from './multilang-serializers.ts';
export {
  type ComponentParallelism,
  changeParallelism,
  isolate,
  type Parallelism,
  type ParallelismChange,
} from './parallelism.ts';
export { placePlan, planWanted, sharesWorker, slotsOf } from './place-plan.ts';
export type { Placement, PlacementPolicy, PlacementRequest } from './placement.ts';
export { readTexts } from './read-config.ts';
export { type Configured, reconfigure } from './reconfigure.ts';
export { withShells } from './shell-components.ts';
export { addSystemComponents } from './system-topology.ts';
export { type TranslationRequest, translate } from './translate.ts';
export type { Translation } from './translation.ts';
export { validateTopologyName } from './validate.ts';
