import type {
  ComponentId,
  ComponentStatistics,
  InputRate,
  LatencySpreads,
  PartitionLag,
  QueueDepth,
  Rates,
  TaskRestarts,
  TimedOutCounts,
  TimeShares,
  Windows,
} from '../../../storm-api/index.ts';
import type { Processor } from '../../../translator/index.ts';
import {
  executorCapacity,
  inputRatesOf,
  latenciesOf,
  ratesOf,
  sharesOf,
  takenOut,
} from './activity.ts';
import { type ExecutorPlace, kindOf } from './executor-places.ts';
import type { RecentReading } from './recent-book.ts';
import type { StatisticsBook } from './statistics-book.ts';
import { meanShares, sumOfQueues, sumOfTimedOut } from './sums.ts';

interface Moment {
  readonly book: StatisticsBook;
  readonly nowMs: number;
}

/**
 * The numbers of one component at one moment, each worked out when it is first asked for: who looks at
 * all topologies wants few of each.
 */
export class ComponentNumbers implements ComponentStatistics {
  readonly #processor: Processor;
  readonly #places: readonly ExecutorPlace[];
  readonly #moment: Moment;
  readonly lags: readonly PartitionLag[];
  #recents: readonly RecentReading[] | null = null;
  #times: readonly TimeShares[] | null = null;
  #windows: Windows | null = null;
  #rates: Rates | null = null;
  #latencies: LatencySpreads | null = null;

  /** @param places of its executors */
  constructor(processor: Processor, places: readonly ExecutorPlace[], moment: Moment) {
    this.#processor = processor;
    this.#places = places;
    this.#moment = moment;
    this.lags = moment.book.lags(processor.tasks);
  }

  get subprocessRestarts(): readonly TaskRestarts[] {
    const { shell, tasks } = this.#processor;
    const { book } = this.#moment;
    return shell === null
      ? []
      : tasks.map((task) => ({ task, restarts: book.subprocessEnds(task) }));
  }

  get id(): ComponentId {
    return this.#processor.id;
  }

  get kind(): Processor['kind'] {
    return this.#processor.kind;
  }

  get executors(): number {
    return this.#places.length;
  }

  get tasks(): number {
    return this.#processor.tasks.length;
  }

  get windows(): Windows {
    const { book, nowMs } = this.#moment;
    this.#windows ??= book.windows(
      this.#places.map(({ plan }) => plan),
      nowMs,
    );
    return this.#windows;
  }

  get rates(): Rates {
    this.#rates ??= ratesOf(this.#readings);
    return this.#rates;
  }

  get inputRates(): readonly InputRate[] {
    return inputRatesOf(this.kind === 'spout' ? [] : this.#readings);
  }

  get latencies(): LatencySpreads {
    this.#latencies ??= latenciesOf(kindOf(this.kind), this.#readings);
    return this.#latencies;
  }

  get time(): TimeShares | null {
    return meanShares(this.times);
  }

  /** Of each executor that runs and has reported. */
  get times(): readonly TimeShares[] {
    this.#times ??= this.#readings.map(sharesOf);
    return this.#times;
  }

  get queue(): QueueDepth | null {
    const queues = this.#readings.flatMap(({ queue }) => queue ?? []);
    return sumOfQueues(queues, takenOut(kindOf(this.kind), this.rates));
  }

  get capacity(): number | null {
    const { book, nowMs } = this.#moment;
    const capacities = this.#places.flatMap((place) => executorCapacity(place, book, nowMs) ?? []);
    return capacities.length === 0 ? null : Math.max(...capacities);
  }

  get timedOut(): TimedOutCounts | null {
    if (this.kind !== 'spout') return null;
    const { book } = this.#moment;
    return sumOfTimedOut(
      this.#places.flatMap(({ plan }) => book.timedOut(plan.firstTask, plan.lastTask) ?? []),
    );
  }

  /** Of the executors that run and have reported. */
  get #readings(): readonly RecentReading[] {
    const { book, nowMs } = this.#moment;
    this.#recents ??= this.#places.flatMap((place) => book.recentOf(place, nowMs) ?? []);
    return this.#recents;
  }
}
