import type {
  ComponentId,
  ExecutorStatistics,
  InputRate,
  LatencySpreads,
  QueueDepth,
  Rates,
  TaskId,
  TimedOutCounts,
  TimeShares,
  Windows,
} from '../../../storm-api/index.ts';
import {
  executorCapacity,
  executorUptimeSecs,
  inputRatesOf,
  latenciesOf,
  ratesOf,
  sharesOf,
  takenOut,
  waitMs,
} from './activity.ts';
import type { ExecutorPlace } from './executor-places.ts';
import type { RecentReading } from './recent-book.ts';
import type { StatisticsBook } from './statistics-book.ts';

/**
 * The numbers of one executor at one moment. Each is worked out when it is first asked for: who looks
 * at all topologies wants few of each, and thousands of these live for a second.
 */
export class ExecutorNumbers implements ExecutorStatistics {
  readonly #place: ExecutorPlace;
  readonly #book: StatisticsBook;
  readonly #nowMs: number;
  /** null while it does not run, and until it reported. */
  readonly #recent: RecentReading | null;
  #windows: Windows | null = null;
  #rates: Rates | null = null;
  #latencies: LatencySpreads | null = null;
  #time: TimeShares | null = null;

  constructor(place: ExecutorPlace, book: StatisticsBook, nowMs: number) {
    this.#place = place;
    this.#book = book;
    this.#nowMs = nowMs;
    this.#recent = book.recentOf(place, nowMs);
  }

  get component(): ComponentId {
    return this.#place.plan.component;
  }

  get firstTask(): TaskId {
    return this.#place.plan.firstTask;
  }

  get lastTask(): TaskId {
    return this.#place.plan.lastTask;
  }

  get worker(): number {
    return this.#place.plan.worker;
  }

  get host(): string {
    return this.#place.host;
  }

  get port(): number {
    return this.#place.port;
  }

  get uptimeSecs(): number {
    return executorUptimeSecs(this.#place, this.#book, this.#nowMs);
  }

  get windows(): Windows {
    this.#windows ??= this.#book.windows([this], this.#nowMs);
    return this.#windows;
  }

  get rates(): Rates {
    this.#rates ??= ratesOf(this.#recent === null ? [] : [this.#recent]);
    return this.#rates;
  }

  get inputRates(): readonly InputRate[] {
    return inputRatesOf(
      this.#recent === null || this.#place.kind === 'spout' ? [] : [this.#recent],
    );
  }

  get latencies(): LatencySpreads {
    this.#latencies ??= latenciesOf(this.#place.kind, this.#recent === null ? [] : [this.#recent]);
    return this.#latencies;
  }

  get time(): TimeShares | null {
    if (this.#recent === null) return null;
    this.#time ??= sharesOf(this.#recent);
    return this.#time;
  }

  get queue(): QueueDepth | null {
    if (this.#recent === null) return null;
    const { queue } = this.#recent;
    return (
      queue && { ...queue, waitMs: waitMs(queue.tuples, takenOut(this.#place.kind, this.rates)) }
    );
  }

  get capacity(): number | null {
    return executorCapacity(this.#place, this.#book, this.#nowMs);
  }

  get timedOut(): TimedOutCounts | null {
    return this.#book.timedOut(this.firstTask, this.lastTask);
  }
}
