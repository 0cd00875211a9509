import type { ComponentId } from '../storm-api/index.ts';
import type { ExecutionPlan } from './execution-plan.ts';
import { splitIntoExecutors } from './expand-tasks.ts';
import type { Parallelism } from './parallelism.ts';
import { dealEvenly, type PlacementPolicy } from './placement.ts';

/**
 * The plan with new executors and workers; tasks and routes stay what they were. Without a slot it
 * has neither, and waits for one.
 * @param slots ports that it may take, the first to be used first
 */
export function placePlan(
  plan: ExecutionPlan,
  parallelism: Parallelism,
  slots: readonly number[],
  place: PlacementPolicy = dealEvenly,
): ExecutionPlan {
  const { executors, workers } = place({
    hosts: new Map(plan.processors.map(({ id, host }) => [id, host])),
    executors: splitIntoExecutors(plan.processors, parallelism.components),
    isolated: parallelism.isolated,
    workersWanted: parallelism.workers,
    slots,
  });
  return { ...plan, executors, workers };
}

/** The plan as it would be if any number of slots were free. */
export function planWanted(plan: ExecutionPlan, parallelism: Parallelism): ExecutionPlan {
  const executors = splitIntoExecutors(plan.processors, parallelism.components);
  const slots = Array.from(executors.slice(0, parallelism.workers), (_, index) => index);
  return placePlan(plan, parallelism, slots);
}

/** The ports of the plan's workers. */
export function slotsOf({ workers }: ExecutionPlan): readonly number[] {
  return [...new Set(workers.map(({ port }) => port))];
}

/** Whether a worker runs executors of this component and of another one. */
export function sharesWorker({ executors }: ExecutionPlan, component: ComponentId): boolean {
  const own = executors.filter((executor) => executor.component === component);
  const workers = new Set(own.map(({ worker }) => worker));
  return executors.some((other) => other.component !== component && workers.has(other.worker));
}
