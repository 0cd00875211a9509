import type {
  ComponentId,
  ExecutorStatistics,
  TopologyStatistics,
  WorkerDescription,
} from '../../../storm-api/index.ts';
import type { ExecutionPlan } from '../../../translator/index.ts';
import { bottleneckOf } from './bottleneck.ts';
import { ComponentNumbers } from './component-numbers.ts';
import { ExecutorNumbers } from './executor-numbers.ts';
import type { ExecutorPlaces } from './executor-places.ts';
import type { StatisticsBook } from './statistics-book.ts';

export interface StatisticsParts {
  readonly plan: ExecutionPlan;
  /** In the order of the plan's workers. */
  readonly workerList: readonly WorkerDescription[];
  /** What clients are told as the workers' host. */
  readonly hostName: string;
  readonly book: StatisticsBook;
  readonly nowMs: number;
}

/** What is known of a topology from its plan and its workers' reports. */
export type RunningTopology = Pick<
  TopologyStatistics,
  'timeMs' | 'components' | 'executorList' | 'bottleneck'
>;

/** The numbers of every component and executor of a plan; many ask for those of components only. */
export class TopologyNumbers implements RunningTopology {
  readonly timeMs: number;
  readonly components: readonly ComponentNumbers[];
  readonly #parts: StatisticsParts;
  readonly #places: ExecutorPlaces;
  #executorList: readonly ExecutorStatistics[] | null = null;
  #bottleneck: ComponentId | null | undefined = undefined;

  constructor(parts: StatisticsParts, places: ExecutorPlaces) {
    this.timeMs = parts.nowMs;
    this.components = parts.plan.processors.map(
      (processor) =>
        new ComponentNumbers(processor, places.byComponent.get(processor.id) ?? [], parts),
    );
    this.#parts = parts;
    this.#places = places;
  }

  get executorList(): readonly ExecutorStatistics[] {
    const { book, nowMs } = this.#parts;
    this.#executorList ??= this.#places.all.map((place) => new ExecutorNumbers(place, book, nowMs));
    return this.#executorList;
  }

  get bottleneck(): ComponentId | null {
    if (this.#bottleneck === undefined) {
      this.#bottleneck = bottleneckOf(this.components, this.#parts.plan.routes);
    }
    return this.#bottleneck;
  }
}
