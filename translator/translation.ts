import type { StormConf, Topology } from '../storm-api/index.ts';
import type { ExecutionPlan } from './execution-plan.ts';
import type { Parallelism } from './parallelism.ts';

/** What becomes of a submitted topology. */
export interface Translation {
  /** Has neither executors nor workers when no slot is free. */
  readonly plan: ExecutionPlan;
  /** What `placePlan` needs to place the plan once more. */
  readonly parallelism: Parallelism;
  /** As submitted, with `topology.tasks` written into each component's configuration. */
  readonly topology: Topology;
  /** `topology` with Storm's own components and streams. */
  readonly systemTopology: Topology;
  /** The topology's complete configuration, as saved and given to workers. */
  readonly config: StormConf;
}
