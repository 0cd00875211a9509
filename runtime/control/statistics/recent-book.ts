import type { Rates } from '../../../storm-api/index.ts';
import type { ExecutorStats, InputStreamCount } from '../../wire/index.ts';
import type { LatencySum } from './latency-spread.ts';
import { SnapshotRing } from './snapshot-ring.ts';
import { difference, noRates, type Sums, sumUp } from './user-sums.ts';

const flowMs = 10_000;
const latencyMs = 60_000;
const bucketMs = 2_000;
const latencyBucketMs = 10_000;
/** Workers report once a second while anything changes. */
const reportsLateMs = 1_500;

/** Of some moment; a report that has other streams begins another list. */
interface InputStreamCounts {
  readonly streams: readonly InputStream[];
  readonly counts: readonly number[];
}

type InputStream = Pick<InputStreamCount, 'source' | 'stream'>;

interface FlowSnapshot {
  readonly executed: InputStreamCounts;
  readonly sums: Rates;
  readonly uptimeMs: number;
  readonly reportedMs: number;
  readonly busyMs: number;
  readonly backpressuredMs: number;
}

export type LatencyPart = 'executeLatency' | 'ackLatency' | 'queueLatency';
type LatencySnapshot = Pick<ExecutorStats, LatencyPart>;

interface Recent {
  readonly workerToken: string;
  readonly flow: SnapshotRing<FlowSnapshot>;
  readonly latency: SnapshotRing<LatencySnapshot>;
  receivedAtMs: number;
  /** Of the process's time, what its reports followed closely upon each other. */
  reportedMs: number;
  latest: ExecutorStats;
  /** Of `latest`; written over with it. */
  readonly sums: Sums;
}

/**
 * What one executor did in the last seconds of its present process. There is one of every executor
 * every second, and most are asked for little: so each number is worked out when it is asked for.
 */
export class RecentReading {
  readonly #recent: Recent;
  readonly #base: FlowSnapshot | null;
  readonly #nowMs: number;
  #sums: Rates | null = null;
  #spanMs = 0;

  constructor(recent: Recent, nowMs: number) {
    this.#recent = recent;
    this.#base = recent.flow.base(nowMs);
    this.#nowMs = nowMs;
  }

  /**
   * Over how long, in milliseconds; not 0. No longer than the window, unless reports came all at once
   * after this process stood still: then it is the time of the worker in which they were made.
   */
  get spanMs(): number {
    if (this.#spanMs === 0) this.#spanMs = this.#measureSpanMs();
    return this.#spanMs;
  }

  #measureSpanMs(): number {
    const { latest, flow, receivedAtMs, reportedMs } = this.#recent;
    const silentMs = Math.max(0, this.#nowMs - receivedAtMs - reportsLateMs);
    const spanMs = latest.uptimeMs - (this.#base?.uptimeMs ?? 0) + silentMs;
    const reportedSpanMs = reportedMs - (this.#base?.reportedMs ?? 0);
    return Math.max(1, reportedSpanMs, Math.min(flow.reachMs(this.#nowMs), spanMs));
  }

  /** What was executed in that time, by stream; streams of which nothing was are left out. */
  get executed(): readonly (InputStream & { readonly count: number })[] {
    const base = this.#base?.executed;
    if (base === undefined) return [];
    return this.#recent.latest.executed.flatMap(({ source, stream, count }) => {
      const more = count - countIn(base, { source, stream });
      return more > 0 ? { source, stream, count: more } : [];
    });
  }

  /** What was counted in that time, in sums, Storm's own streams left out. */
  get sums(): Rates {
    this.#sums ??= this.#base === null ? noRates : difference(this.#recent.sums, this.#base.sums);
    return this.#sums;
  }

  get busyMs(): number {
    if (this.#base === null) return 0;
    return Math.max(0, this.#recent.latest.busyMs - this.#base.busyMs);
  }

  get backpressuredMs(): number {
    if (this.#base === null) return 0;
    return Math.max(0, this.#recent.latest.backpressuredMs - this.#base.backpressuredMs);
  }

  /** Adds those of the last minute. */
  addLatencies(part: LatencyPart, sum: LatencySum): void {
    const { latest, latency } = this.#recent;
    const old = latency.base(this.#nowMs);
    if (old === null) return;
    sum.add(latest[part], 1);
    sum.add(old[part], -1);
  }

  /** As it was told last. */
  get queue(): ExecutorStats['queue'] {
    return this.#recent.latest.queue;
  }
}

/** What executors counted in the last seconds, by first task. Nothing of it outlives a process. */
export class RecentBook {
  readonly #recents = new Map<number, Recent>();

  /** Looks at what was reported last, which `record` replaces. */
  beforeRecord(workerToken: string, report: ExecutorStats, nowMs: number): void {
    const known = this.#recents.get(report.firstTask);
    if (known?.workerToken === workerToken) {
      advance(known, known.latest, nowMs);
      known.reportedMs += reportedMs(report.uptimeMs - known.latest.uptimeMs);
      return;
    }
    const recent = newRecent(workerToken, report, nowMs);
    this.#recents.set(report.firstTask, recent);
    const first = firstOf(report);
    if (first !== null) sumUp(recent.sums, first);
    advance(recent, first, nowMs);
    recent.reportedMs = first === null ? reportedMs(report.uptimeMs) : 0;
  }

  /** @param latest may be written over by the executor's next report, before which `beforeRecord` is called */
  record(latest: ExecutorStats, nowMs: number): void {
    const recent = this.#recents.get(latest.firstTask);
    if (recent === undefined) return;
    recent.latest = latest;
    sumUp(recent.sums, latest);
    recent.receivedAtMs = nowMs;
  }

  /** null when it has not reported. */
  read(firstTask: number, nowMs: number): RecentReading | null {
    const recent = this.#recents.get(firstTask);
    return recent === undefined ? null : new RecentReading(recent, nowMs);
  }
}

/** @param before what was counted until now; null: nothing */
function advance(
  { flow, latency, reportedMs, sums }: Recent,
  before: ExecutorStats | null,
  nowMs: number,
): void {
  if (nowMs < flow.nextMs && nowMs < latency.nextMs) return;
  flow.advance(nowMs, () => ({
    executed: countsOf(before?.executed ?? []),
    sums: { ...sums },
    uptimeMs: before?.uptimeMs ?? 0,
    reportedMs,
    busyMs: before?.busyMs ?? 0,
    backpressuredMs: before?.backpressuredMs ?? 0,
  }));
  latency.advance(nowMs, () => ({
    executeLatency: [...(before?.executeLatency ?? [])],
    ackLatency: [...(before?.ackLatency ?? [])],
    queueLatency: [...(before?.queueLatency ?? [])],
  }));
}

function newRecent(workerToken: string, latest: ExecutorStats, nowMs: number): Recent {
  return {
    ...{ workerToken, latest },
    ...{ receivedAtMs: nowMs, reportedMs: 0 },
    sums: { ...noRates },
    flow: new SnapshotRing(flowMs, flowMs / bucketMs),
    latency: new SnapshotRing(latencyMs, latencyMs / latencyBucketMs),
  };
}

/** A worker to which nothing happens says nothing. @param sinceMs the report before */
function reportedMs(sinceMs: number): number {
  return Math.min(sinceMs, reportsLateMs);
}

/** What is taken to be before the first report: a worker may have run long before we saw it. */
function firstOf(latest: ExecutorStats): ExecutorStats | null {
  return latest.uptimeMs > bucketMs ? latest : null;
}

/** Keeps the list itself, of which only the counts are ever written over. */
function countsOf(executed: readonly InputStreamCount[]): InputStreamCounts {
  return { streams: executed, counts: executed.map(({ count }) => count) };
}

function countIn({ streams, counts }: InputStreamCounts, wanted: InputStream): number {
  const place = streams.findIndex(
    ({ source, stream }) => source === wanted.source && stream === wanted.stream,
  );
  return counts[place] ?? 0;
}
