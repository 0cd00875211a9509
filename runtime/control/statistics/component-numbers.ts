import type {
  ComponentId,
  ComponentStatistics,
  InputRate,
  LatencySpreads,
  PartitionLag,
  QueueDepth,
  Rates,
  TimedOutCounts,
  TimeShares,
  Windows,
} from '../../../storm-api/index.ts';
import type { Processor } from '../../../translator/index.ts';
import { inputRatesOf, kindOf, latenciesOf, ratesOf, takenOut } from './activity.ts';
import type { ExecutorNumbers } from './executor-numbers.ts';
import type { RecentReading } from './recent-book.ts';
import type { StatisticsBook } from './statistics-book.ts';
import { meanShares, sumOfQueues, sumOfTimedOut } from './sums.ts';

interface Moment {
  readonly book: StatisticsBook;
  readonly nowMs: number;
}

/** The numbers of one component at one moment; as of an executor, worked out when they are asked for. */
export class ComponentNumbers implements ComponentStatistics {
  readonly #processor: Processor;
  readonly #executors: readonly ExecutorNumbers[];
  readonly #book: StatisticsBook;
  readonly #nowMs: number;
  readonly lags: readonly PartitionLag[];
  #windows: Windows | null = null;
  #rates: Rates | null = null;
  #latencies: LatencySpreads | null = null;

  constructor(processor: Processor, executors: readonly ExecutorNumbers[], moment: Moment) {
    const { book, nowMs } = moment;
    this.#processor = processor;
    this.#executors = executors;
    this.#book = book;
    this.#nowMs = nowMs;
    this.lags = book.lags(processor.tasks);
  }

  get id(): ComponentId {
    return this.#processor.id;
  }

  get kind(): Processor['kind'] {
    return this.#processor.kind;
  }

  get executors(): number {
    return this.#executors.length;
  }

  get tasks(): number {
    return this.#processor.tasks.length;
  }

  get windows(): Windows {
    this.#windows ??= this.#book.windows(this.#executors, this.#nowMs);
    return this.#windows;
  }

  get rates(): Rates {
    this.#rates ??= ratesOf(this.#recents);
    return this.#rates;
  }

  get inputRates(): readonly InputRate[] {
    return inputRatesOf(this.kind === 'spout' ? [] : this.#recents);
  }

  get latencies(): LatencySpreads {
    this.#latencies ??= latenciesOf(kindOf(this.kind), this.#recents);
    return this.#latencies;
  }

  get time(): TimeShares | null {
    return meanShares(this.#executors.flatMap(({ time }) => time ?? []));
  }

  get queue(): QueueDepth | null {
    const queues = this.#executors.flatMap(({ queue }) => queue ?? []);
    return sumOfQueues(queues, takenOut(kindOf(this.kind), this.rates));
  }

  get capacity(): number | null {
    const capacities = this.#executors.flatMap(({ capacity }) => capacity ?? []);
    return capacities.length === 0 ? null : Math.max(...capacities);
  }

  get timedOut(): TimedOutCounts | null {
    return sumOfTimedOut(this.#executors.flatMap(({ timedOut }) => timedOut ?? []));
  }

  get #recents(): readonly RecentReading[] {
    return this.#executors.flatMap(({ recent }) => recent ?? []);
  }
}
