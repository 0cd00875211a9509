import type { ComponentId, WorkerDescription } from '../../../storm-api/index.ts';
import type { ExecutionPlan, ExecutorPlan, Processor } from '../../../translator/index.ts';

export type ComponentKind = 'spout' | 'bolt';

/** Storm shows its own components as bolts. */
export function kindOf(kind: Processor['kind']): ComponentKind {
  return kind === 'spout' ? 'spout' : 'bolt';
}

export interface ExecutorPlace {
  readonly plan: ExecutorPlan;
  readonly kind: ComponentKind;
  readonly host: string;
  readonly port: number;
  readonly isRunning: boolean;
}

/** What is said of a plan's executors until the plan, or the state of a worker, is another. */
export interface ExecutorPlaces {
  /** In the order of the plan. */
  readonly all: readonly ExecutorPlace[];
  readonly byComponent: ReadonlyMap<ComponentId, readonly ExecutorPlace[]>;
}

/** @param hostName what clients are told as the workers' host @param workerList in the order of the plan's workers */
export function placesOf(
  plan: ExecutionPlan,
  hostName: string,
  workerList: readonly WorkerDescription[],
): ExecutorPlaces {
  const kinds = new Map(plan.processors.map(({ id, kind }) => [id, kindOf(kind)]));
  const all = plan.executors.map((executor) => {
    const { component, worker } = executor;
    const kind = kinds.get(component) ?? 'bolt';
    const port = plan.workers[worker]?.port ?? 0;
    const isRunning = workerList[worker]?.state === 'running';
    return { plan: executor, kind, host: hostName, port, isRunning };
  });
  return { all, byComponent: groupedByComponent(all) };
}

function groupedByComponent(
  places: readonly ExecutorPlace[],
): ReadonlyMap<ComponentId, readonly ExecutorPlace[]> {
  const groups = new Map<ComponentId, ExecutorPlace[]>();
  for (const place of places) {
    const { component } = place.plan;
    const group = groups.get(component);
    if (group === undefined) groups.set(component, [place]);
    else group.push(place);
  }
  return groups;
}
