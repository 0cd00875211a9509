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
import type { ExecutorPlan } from '../../../translator/index.ts';
import {
  type ComponentKind,
  capacityOf,
  inputRatesOf,
  latenciesOf,
  queueOf,
  ratesOf,
  sharesOf,
  takenOut,
} from './activity.ts';
import type { RecentReading } from './recent-book.ts';
import type { StatisticsBook } from './statistics-book.ts';

export interface ExecutorPlace {
  readonly plan: ExecutorPlan;
  readonly kind: ComponentKind;
  readonly host: string;
  readonly port: number;
  readonly isRunning: boolean;
}

/**
 * The numbers of one executor at one moment. Each is worked out when it is first asked for: who looks
 * at all topologies wants few of each, and thousands of these live for a second.
 */
export class ExecutorNumbers implements ExecutorStatistics {
  readonly #place: ExecutorPlace;
  readonly #book: StatisticsBook;
  readonly #nowMs: number;
  /** null while it does not run, and until it reported. */
  readonly recent: RecentReading | null;
  #windows: Windows | null = null;
  #rates: Rates | null = null;
  #latencies: LatencySpreads | null = null;
  #time: TimeShares | null = null;

  constructor(place: ExecutorPlace, book: StatisticsBook, nowMs: number) {
    this.#place = place;
    this.#book = book;
    this.#nowMs = nowMs;
    this.recent = place.isRunning ? book.recent(place.plan.firstTask, nowMs) : null;
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

  get host(): string {
    return this.#place.host;
  }

  get port(): number {
    return this.#place.port;
  }

  get uptimeSecs(): number {
    const sinceMs = this.#book.runningSinceMs(this.firstTask);
    if (sinceMs === null || !this.#place.isRunning) return 0;
    return Math.floor((this.#nowMs - sinceMs) / 1000);
  }

  get windows(): Windows {
    this.#windows ??= this.#book.windows([this], this.#nowMs);
    return this.#windows;
  }

  get rates(): Rates {
    this.#rates ??= ratesOf(this.recent === null ? [] : [this.recent]);
    return this.#rates;
  }

  get inputRates(): readonly InputRate[] {
    return inputRatesOf(this.recent === null || this.#place.kind === 'spout' ? [] : [this.recent]);
  }

  get latencies(): LatencySpreads {
    this.#latencies ??= latenciesOf(this.#place.kind, this.recent === null ? [] : [this.recent]);
    return this.#latencies;
  }

  get time(): TimeShares | null {
    if (this.recent === null) return null;
    this.#time ??= sharesOf(this.recent);
    return this.#time;
  }

  get queue(): QueueDepth | null {
    if (this.recent === null) return null;
    return queueOf(this.recent, takenOut(this.#place.kind, this.rates));
  }

  get capacity(): number | null {
    if (this.#place.kind === 'spout') return null;
    const spentMs = this.#book.executeMsLately(this.firstTask, this.lastTask, this.#nowMs);
    return spentMs === null ? null : capacityOf(spentMs, this.uptimeSecs);
  }

  get timedOut(): TimedOutCounts | null {
    return this.#book.timedOut(this.firstTask, this.lastTask);
  }
}
