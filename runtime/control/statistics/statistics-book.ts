import assert from 'node:assert/strict';
import type {
  ExecutorCounts,
  PartitionLag,
  StatisticsWindow,
  TaskId,
  TimedOutCounts,
  Windows,
} from '../../../storm-api/index.ts';
import type { LagReport, StatsReport } from '../../engines/index.ts';
import type { ExecutorStats } from '../../wire/index.ts';
import { parseKept } from '../parse-kept.ts';
import { countsOf } from './component-counts.ts';
import { CountBook, sumOf } from './count-book.ts';
import type { ExecutorPlace } from './executor-places.ts';
import { LagBook } from './lag-book.ts';
import { LazyWindows } from './lazy-windows.ts';
import { RecentBook, type RecentReading } from './recent-book.ts';
import { WindowBook } from './window-book.ts';

/** The windows' file is large and says nothing that the counts' file cannot do without. */
const keepWindowsMs = 60_000;

/** The tasks of an executor. */
export interface TaskRange {
  readonly firstTask: number;
  readonly lastTask: number;
}

/** Parts of a book as text to be kept; null: nothing new in it. */
export interface StatisticsTexts {
  readonly counts: string | null;
  readonly windows: string | null;
}

/** Where such texts are read again; null where there is none. */
export interface KeptStatistics {
  counts(): string | null;
  windows(): string | null;
}

/** All that the executors of one topology reported, since ever and lately. */
export class StatisticsBook {
  readonly #counts: CountBook;
  readonly #windows: WindowBook;
  readonly #recent = new RecentBook();
  readonly #lags = new LagBook();
  /** By task; what ended before this control plane began is not known. */
  readonly #subprocessEnds = new Map<TaskId, number>();
  #windowsKeptMs = 0;
  #version = 0;

  private constructor(counts: CountBook, windows: WindowBook) {
    this.#counts = counts;
    this.#windows = windows;
  }

  static empty(): StatisticsBook {
    return new StatisticsBook(CountBook.empty(), WindowBook.empty());
  }

  /**
   * The book of which `takeChanges` gave what these read; a part of which there is nothing (null), or
   * that cannot be read, is empty.
   * @param onUnreadable hears why
   */
  static read(kept: KeptStatistics, onUnreadable: (error: unknown) => void): StatisticsBook {
    return new StatisticsBook(
      parseKept(kept.counts, CountBook.parse, onUnreadable) ?? CountBook.empty(),
      parseKept(kept.windows, WindowBook.parse, onUnreadable) ?? WindowBook.empty(),
    );
  }

  /** Grows with every report. */
  get version(): number {
    return this.#version;
  }

  takeChanges(nowMs: number): StatisticsTexts {
    const counts = this.#counts.takeChanges();
    if (nowMs - this.#windowsKeptMs < keepWindowsMs) return { counts, windows: null };
    this.#windowsKeptMs = nowMs;
    return { counts, windows: this.#windows.takeChanges() };
  }

  /** Keeps nothing of the report itself. */
  record({ workerToken, executors }: StatsReport, nowMs: number): void {
    this.#version += 1;
    for (const executor of executors) {
      this.#windows.beforeRecord(executor.firstTask, this.#counts, nowMs);
      this.#recent.beforeRecord(workerToken, executor, nowMs);
      const kept = this.#counts.record(workerToken, executor, nowMs);
      this.#recent.record(kept, nowMs);
    }
  }

  recordLag(report: LagReport): void {
    this.#version += 1;
    this.#lags.record(report);
  }

  /** Of the partitions that these tasks read, by topic and partition. */
  lags(tasks: readonly TaskId[]): readonly PartitionLag[] {
    return this.#lags.read(tasks);
  }

  recordSubprocessEnd(task: TaskId): void {
    this.#version += 1;
    this.#subprocessEnds.set(task, this.subprocessEnds(task) + 1);
  }

  subprocessEnds(task: TaskId): number {
    return this.#subprocessEnds.get(task) ?? 0;
  }

  /** null until the executor's worker reported for the first time. */
  runningSinceMs(firstTask: number): number | null {
    return this.#counts.runningSinceMs(firstTask);
  }

  /** All-time counts; null until the executor's worker reported for the first time. */
  counts(firstTask: number, lastTask: number): ExecutorCounts | null {
    return this.#counts.runningSinceMs(firstTask) === null
      ? null
      : this.#counts.counts(firstTask, lastTask);
  }

  /** As `counts`, of every window, and of several executors together; empty until one of them has any. */
  windows(executors: readonly TaskRange[], nowMs: number): Windows {
    const known = executors.filter(({ firstTask }) => this.runningSinceMs(firstTask) !== null);
    if (known.length === 0) return new Map();
    return new LazyWindows((window) =>
      countsOf(known.map((executor) => this.#within(window, executor, nowMs))),
    );
  }

  #within(window: StatisticsWindow, executor: TaskRange, nowMs: number): ExecutorStats {
    const totals = this.#counts.totals(executor.firstTask, executor.lastTask);
    const sum = sumOf(
      window === ':all-time'
        ? totals
        : totals.map((total) => this.#windows.within(window, total, nowMs)),
    );
    assert(sum !== null);
    return sum;
  }

  /** Of `counts`, cheaper. */
  timedOut(firstTask: number, lastTask: number): TimedOutCounts | null {
    return this.#counts.timedOut(firstTask, lastTask);
  }

  /**
   * How much of the last ten minutes was spent in execute, in milliseconds by sampled means; null until
   * the executor's worker reported for the first time.
   */
  executeMsLately(firstTask: number, lastTask: number, nowMs: number): number | null {
    if (this.#counts.runningSinceMs(firstTask) === null) return null;
    let spentMs = 0;
    for (const total of this.#counts.totals(firstTask, lastTask)) {
      spentMs += this.#windows.executeMsWithin('600', total, nowMs);
    }
    return spentMs;
  }

  /** null for an executor that does not run, or has not reported since this control plane began. */
  recentOf({ plan, isRunning }: ExecutorPlace, nowMs: number): RecentReading | null {
    return isRunning ? this.recent(plan.firstTask, nowMs) : null;
  }

  /** null for an executor that has not reported since this control plane began. */
  recent(firstTask: number, nowMs: number): RecentReading | null {
    return this.#recent.read(firstTask, nowMs);
  }
}
