import type { DrpcSpout } from '../../storm-api/index.ts';
import type { ExecutionPlan } from '../../translator/index.ts';

/**
 * The DRPC functions whose requests may have tuples in a worker, whoever fetched them: it runs a
 * component that comes after one of their spouts.
 */
export function functionsThrough(
  plan: ExecutionPlan,
  worker: number,
  spouts: readonly DrpcSpout[],
): readonly string[] {
  const runs = new Set(
    plan.executors.filter((each) => each.worker === worker).map(({ component }) => component),
  );
  return spouts
    .filter(({ component }) => [...componentsAfter(plan, component)].some((id) => runs.has(id)))
    .flatMap(({ functions }) => functions);
}

/** Itself only when its tuples come back to it. */
function componentsAfter(
  { routes }: ExecutionPlan,
  component: string,
): ReadonlySet<ExecutionPlan['executors'][number]['component']> {
  const found = new Set<ExecutionPlan['executors'][number]['component']>();
  const sources: string[] = [component];
  for (let source = sources.pop(); source !== undefined; source = sources.pop()) {
    for (const route of routes) {
      if (route.source !== source || found.has(route.target)) continue;
      found.add(route.target);
      sources.push(route.target);
    }
  }
  return found;
}
