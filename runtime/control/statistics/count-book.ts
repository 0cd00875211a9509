import {
  componentId,
  type ExecutorCounts,
  type InputCount,
  type StreamId,
  streamId,
  type TimedOutCounts,
} from '../../../storm-api/index.ts';
import type {
  ExecutorStats,
  InputStreamCount,
  StreamCount,
  TimedOutTrees,
} from '../../wire/index.ts';
import { inputKey } from './input-key.ts';
import { type KeptStats, keptOf, overwrite } from './kept-stats.ts';

/** What one executor counted, over all the processes it ran in. */
interface Account {
  readonly workerToken: string;
  /** Of the processes before this one. */
  readonly before: ExecutorStats | null;
  readonly latest: ExecutorStats;
  receivedAtMs: number;
}

/** What is added up; what else older builds did not write is not missed. */
function hasCounts(stats: ExecutorStats): boolean {
  const { emitted, transferred, acked, failed, executed } = stats;
  return [emitted, transferred, acked, failed, executed].every(
    (list) => Array.isArray(list) && list.every(({ count }) => typeof count === 'number'),
  );
}

/** A worker counts from 0 when it starts; the topology's counts must never go back. */
export class CountBook {
  /** By first task. */
  readonly #accounts: Map<number, Account>;
  /** The same objects as in the accounts, of executors that have reported to this book. */
  readonly #kept = new Map<number, KeptStats>();
  #changed = false;

  private constructor(accounts: Map<number, Account>) {
    this.#accounts = accounts;
  }

  static empty(): CountBook {
    return new CountBook(new Map());
  }

  /** The book that `takeChanges` gave this text for. @throws SyntaxError or TypeError for any other */
  static parse(text: string): CountBook {
    const accounts = JSON.parse(text) as [number, Account][];
    for (const [, { before, latest }] of accounts) {
      if (!hasCounts(latest) || (before !== null && !hasCounts(before))) {
        throw new SyntaxError('these are no counts of executors');
      }
    }
    return new CountBook(new Map(accounts));
  }

  /** The whole book as JSON, if anything was recorded since the last call; else null. */
  takeChanges(): string | null {
    if (!this.#changed) return null;
    this.#changed = false;
    return JSON.stringify([...this.#accounts]);
  }

  /** @returns what is kept of the report; the executor's next one is written into it. */
  record(workerToken: string, report: ExecutorStats, nowMs: number): ExecutorStats {
    this.#changed = true;
    const last = this.#accounts.get(report.firstTask);
    const kept = this.#kept.get(report.firstTask);
    if (last?.workerToken !== workerToken || kept === undefined) {
      return this.#begin(workerToken, report, nowMs);
    }
    overwrite(kept, report);
    last.receivedAtMs = nowMs;
    return kept;
  }

  /** The first report of a process to this book. */
  #begin(workerToken: string, report: ExecutorStats, receivedAtMs: number): ExecutorStats {
    const last = this.#accounts.get(report.firstTask);
    const latest = keptOf(report);
    const before = last?.workerToken === workerToken ? last.before : totalBefore(last);
    this.#kept.set(report.firstTask, latest);
    this.#accounts.set(report.firstTask, { workerToken, before, latest, receivedAtMs });
    return latest;
  }

  /**
   * What the tasks of an executor counted, those also that were in executors of their own before a
   * rebalance. null until one of their workers reported for the first time.
   */
  counts(firstTask: number, lastTask: number): ExecutorCounts | null {
    const sum = sumOf(this.totals(firstTask, lastTask));
    return sum === null ? null : toCounts(sum);
  }

  /** Of `counts`, cheaper. */
  timedOut(firstTask: number, lastTask: number): TimedOutCounts | null {
    const parts = this.totals(firstTask, lastTask).map((total) => total.timedOut);
    return toTimedOut(parts.reduce(sumTimedOut, null));
  }

  /**
   * When the executor began to run in its present process, in milliseconds since 1970; null until its
   * worker reported for the first time.
   */
  runningSinceMs(firstTask: number): number | null {
    const account = this.#accounts.get(firstTask);
    return account === undefined ? null : account.receivedAtMs - account.latest.uptimeMs;
  }

  /** What was counted by the executors of these tasks, one by one. */
  totals(firstTask: number, lastTask: number): readonly ExecutorStats[] {
    const found: ExecutorStats[] = [];
    for (let task = firstTask; task <= lastTask; task++) {
      const account = this.#accounts.get(task);
      if (account !== undefined) found.push(totalOf(account));
    }
    return found;
  }

  /** Of the executor that begins with the task; null until it reported. */
  total(firstTask: number): ExecutorStats | null {
    const account = this.#accounts.get(firstTask);
    return account === undefined ? null : totalOf(account);
  }
}

function totalBefore(last: Account | undefined): ExecutorStats | null {
  return last === undefined ? null : totalOf(last);
}

function totalOf({ before, latest }: Account): ExecutorStats {
  return before === null ? latest : sum(before, latest);
}

function sum(a: ExecutorStats, b: ExecutorStats): ExecutorStats {
  return {
    ...b,
    emitted: sumStreams(a.emitted, b.emitted),
    transferred: sumStreams(a.transferred, b.transferred),
    acked: sumInputs(a.acked, b.acked),
    failed: sumInputs(a.failed, b.failed),
    executed: sumInputs(a.executed, b.executed),
    timedOut: sumTimedOut(a.timedOut, b.timedOut),
  };
}

function sumStreams(a: readonly StreamCount[], b: readonly StreamCount[]): readonly StreamCount[] {
  const counts = new Map<string, number>();
  for (const { stream, count } of [...a, ...b]) {
    counts.set(stream, (counts.get(stream) ?? 0) + count);
  }
  return [...counts].map(([stream, count]) => ({ stream, count }));
}

function sumInputs(
  a: readonly InputStreamCount[],
  b: readonly InputStreamCount[],
): readonly InputStreamCount[] {
  const sums = new Map<string, InputStreamCount>();
  for (const each of [...a, ...b]) {
    const key = inputKey(each);
    const other = sums.get(key);
    sums.set(key, other === undefined ? each : addInput(other, each));
  }
  return [...sums.values()];
}

function addInput(a: InputStreamCount, b: InputStreamCount): InputStreamCount {
  return {
    ...a,
    count: a.count + b.count,
    totalMs: a.totalMs + b.totalMs,
    sampled: a.sampled + b.sampled,
  };
}

/** Books that were written before there were such counts lack them. */
function sumTimedOut(
  a: TimedOutTrees | null | undefined,
  b: TimedOutTrees | null | undefined,
): TimedOutTrees | null {
  if (!a || !b) return a ?? b ?? null;
  const tuples = new Map<string, number>();
  for (const each of [...a.holders, ...b.holders]) {
    tuples.set(each.component, (tuples.get(each.component) ?? 0) + each.tuples);
  }
  return {
    trees: a.trees + b.trees,
    followed: a.followed + b.followed,
    holders: [...tuples].map(([component, count]) => ({ component, tuples: count })),
  };
}

/** The sum of counts that begin at the same time; null of none. */
export function sumOf(all: readonly ExecutorStats[]): ExecutorStats | null {
  const [first, ...others] = all;
  return first === undefined ? null : others.reduce(sum, first);
}

function toCounts(stats: ExecutorStats): ExecutorCounts {
  return {
    emitted: byStream(stats.emitted),
    transferred: byStream(stats.transferred),
    acked: stats.acked.map(toInputCount),
    failed: stats.failed.map(toInputCount),
    executed: stats.executed.map(toInputCount),
    timedOut: toTimedOut(stats.timedOut),
  };
}

function toTimedOut(trees: TimedOutTrees | null | undefined): TimedOutCounts | null {
  if (!trees) return null;
  const holders = trees.holders.map(
    ({ component, tuples }) => [componentId(component), tuples] as const,
  );
  return { trees: trees.trees, followed: trees.followed, holders: new Map(holders) };
}

function byStream(counts: readonly StreamCount[]): ReadonlyMap<StreamId, number> {
  return new Map(counts.map(({ stream, count }) => [streamId(stream), count]));
}

function toInputCount({ source, stream, count, totalMs, sampled }: InputStreamCount): InputCount {
  return {
    source: componentId(source),
    stream: streamId(stream),
    count,
    meanMs: sampled === 0 ? null : totalMs / sampled,
  };
}
