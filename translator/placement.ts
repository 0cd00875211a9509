import type { ComponentId } from '../storm-api/index.ts';
import type { ExecutorPlan, HostKind, WorkerPlan } from './execution-plan.ts';
import type { UnplacedExecutor } from './expand-tasks.ts';

export interface PlacementRequest {
  /** By first task. */
  readonly executors: readonly UnplacedExecutor[];
  /** What runs each component that has executors. */
  readonly hosts: ReadonlyMap<ComponentId, HostKind | null>;
  /** Native components that share no process with others. */
  readonly isolated: readonly ComponentId[];
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
 * for themselves, and so are those of each isolated component: a slot may hold several processes.
 */
export const dealEvenly: PlacementPolicy = (request) => {
  const { workersWanted, slots } = request;
  const workers: WorkerPlan[] = [];
  const placed: ExecutorPlan[] = [];
  for (const { host, own } of companies(request)) {
    const count = Math.min(workersWanted, slots.length, own.length);
    if (count === 0) continue;
    const first = workers.length;
    workers.push(...slots.slice(0, count).map((port, nth) => ({ index: first + nth, port, host })));
    placed.push(...own.map((each, nth) => ({ ...each, worker: first + (nth % count) })));
  }
  return { workers, executors: placed.sort((a, b) => a.firstTask - b.firstTask) };
};

/** Executors that may share a process. */
interface Company {
  readonly host: HostKind;
  readonly own: readonly UnplacedExecutor[];
}

function companies({ executors, hosts, isolated }: PlacementRequest): readonly Company[] {
  const sociable = executors.filter(({ component }) => !isolated.includes(component));
  const of = (host: HostKind) => sociable.filter(({ component }) => hosts.get(component) === host);
  const alone = isolated.map((id) => executors.filter(({ component }) => component === id));
  return [
    { host: 'java', own: of('java') },
    { host: 'native', own: of('native') },
    ...alone.map((own) => ({ host: 'native', own }) as const),
  ];
}
