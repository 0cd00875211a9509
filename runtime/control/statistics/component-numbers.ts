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
import { inputRatesOf, kindOf, latenciesOf, takenOut } from './activity.ts';
import type { ExecutorNumbers } from './executor-numbers.ts';
import type { RecentReading } from './recent-book.ts';
import type { StatisticsBook } from './statistics-book.ts';
import { meanShares, sumOfQueues, sumOfRates, sumOfTimedOut, sumOfWindows } from './sums.ts';

/** The numbers of one component at one moment; as of an executor, worked out when they are asked for. */
export class ComponentNumbers implements ComponentStatistics {
  readonly #processor: Processor;
  readonly #executors: readonly ExecutorNumbers[];
  readonly lags: readonly PartitionLag[];
  #windows: Windows | null = null;
  #rates: Rates | null = null;
  #latencies: LatencySpreads | null = null;

  constructor(processor: Processor, executors: readonly ExecutorNumbers[], book: StatisticsBook) {
    this.#processor = processor;
    this.#executors = executors;
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
    this.#windows ??= sumOfWindows(this.#executors.map(({ windows }) => windows));
    return this.#windows;
  }

  get rates(): Rates {
    this.#rates ??= sumOfRates(this.#executors.map(({ rates }) => rates));
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
