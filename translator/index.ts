export { NoFreeSlotsError } from './errors.ts';
export type {
  ExecutionPlan,
  ExecutorPlan,
  PlannedStream,
  Processor,
  Route,
  RouteChoice,
  WorkerPlan,
} from './execution-plan.ts';
export type { Placement, PlacementPolicy, PlacementRequest } from './placement.ts';
export { addSystemComponents } from './system-topology.ts';
export { type Translation, type TranslationRequest, translate } from './translate.ts';
export { validateTopologyName } from './validate.ts';
