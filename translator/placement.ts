import type { ExecutorPlan, WorkerPlan } from './execution-plan.ts';
import type { UnplacedExecutor } from './expand-tasks.ts';

export interface PlacementRequest {
  /** By first task. */
  readonly executors: readonly UnplacedExecutor[];
  readonly workersWanted: number;
  /** Ports of free slots, the first to be used first. */
  readonly slots: readonly number[];
}

export interface Placement {
  readonly workers: readonly WorkerPlan[];
  readonly executors: readonly ExecutorPlan[];
}

/** Decides which executor runs in which worker; without slots, none does. */
export type PlacementPolicy = (request: PlacementRequest) => Placement;

/**
 * Deals executors round robin over as many workers as are wanted and have slots, as Storm's
 * EvenScheduler does. No worker is left without an executor.
 */
export const dealEvenly: PlacementPolicy = ({ executors, workersWanted, slots }) => {
  const count = Math.min(workersWanted, slots.length, executors.length);
  if (count === 0) return { workers: [], executors: [] };
  return {
    workers: slots.slice(0, count).map((port, index) => ({ index, port })),
    executors: executors.map((executor, index) => ({ ...executor, worker: index % count })),
  };
};
