import {
  type ComponentId,
  type ComponentSpec,
  didYouMean,
  InvalidTopologyError,
  type StormConf,
} from '../storm-api/index.ts';
import type { Processor } from './execution-plan.ts';
import { readInteger } from './read-config.ts';

/** How many executors one component shall have; its tasks are the most that it can have. */
export interface ComponentParallelism {
  readonly component: ComponentId;
  readonly executors: number;
}

/** What a topology wants, however many slots are free; plain JSON. */
export interface Parallelism {
  readonly workers: number;
  /** Every component that runs, each once. */
  readonly components: readonly ComponentParallelism[];
  /** Native components that get processes of their own, as they have held up others before. */
  readonly isolated: readonly ComponentId[];
}

/** What a rebalance asks for: null workers and absent components stay as they are. */
export interface ParallelismChange {
  readonly workers: number | null;
  readonly executors: ReadonlyMap<ComponentId, number>;
}

/** As submitted: `topology.workers` and the hints. @throws InvalidTopologyError */
export function submittedParallelism(
  running: readonly ComponentSpec[],
  config: StormConf,
): Parallelism {
  const workers = readInteger(config, 'topology.workers') ?? 1;
  if (workers < 1) {
    throw new InvalidTopologyError(`topology.workers must be at least 1, not ${workers}`);
  }
  const components = running.map(({ id, parallelismHint }) => ({
    component: id,
    executors: parallelismHint ?? 1,
  }));
  return { workers, components, isolated: [] };
}

/**
 * Storm's rules for a rebalance, and two of ours where Storm's scheduler would fail later: at
 * least one worker, and only components that exist. Executors of `__acker` may be asked for, but
 * nothing runs it here.
 * @throws InvalidTopologyError
 */
export function changeParallelism(
  { workers, components, isolated }: Parallelism,
  change: ParallelismChange,
  processors: readonly Processor[],
): Parallelism {
  for (const [id, executors] of change.executors) {
    if (executors <= 0) {
      throw new InvalidTopologyError('Number of executors must be greater than 0');
    }
    const ids = processors.map((processor) => processor.id);
    if (!ids.includes(id)) {
      throw new InvalidTopologyError(`Component: [${id}] does not exist${didYouMean(id, ids)}`);
    }
  }
  if (change.workers !== null && change.workers <= 0) {
    throw new InvalidTopologyError('Number of workers must be greater than 0');
  }
  return {
    workers: change.workers ?? workers,
    components: components.map(({ component, executors }) => ({
      component,
      executors: change.executors.get(component) ?? executors,
    })),
    isolated,
  };
}

/** The same, with processes of its own for one more native component. */
export function isolate(parallelism: Parallelism, component: ComponentId): Parallelism {
  return { ...parallelism, isolated: [...parallelism.isolated, component] };
}
