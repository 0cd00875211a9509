import type { ComponentId } from '../storm-api/index.ts';
import type { ExecutorPlan, HostKind, WorkerPlan } from './execution-plan.ts';
import type { UnplacedExecutor } from './expand-tasks.ts';

export interface PlacementRequest {
  /** By first task. */
  readonly executors: readonly UnplacedExecutor[];
  /** What runs each component that has executors. */
  readonly hosts: ReadonlyMap<ComponentId, HostKind | null>;
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
 * EvenScheduler does. No worker is left without an executor. Java and native executors are dealt
 * for themselves: a slot holds a process of either kind, or one of both.
 */
export const dealEvenly: PlacementPolicy = ({ executors, hosts, workersWanted, slots }) => {
  const workers: WorkerPlan[] = [];
  const placed: ExecutorPlan[] = [];
  for (const host of ['java', 'native'] as const) {
    const own = executors.filter(({ component }) => hosts.get(component) === host);
    const count = Math.min(workersWanted, slots.length, own.length);
    if (count === 0) continue;
    const first = workers.length;
    workers.push(...slots.slice(0, count).map((port, nth) => ({ index: first + nth, port, host })));
    placed.push(...own.map((each, nth) => ({ ...each, worker: first + (nth % count) })));
  }
  return { workers, executors: placed.sort((a, b) => a.firstTask - b.firstTask) };
};
