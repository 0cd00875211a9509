import type { Rates } from '../../../storm-api/index.ts';
import type { ExecutorStats, InputStreamCount } from '../../wire/index.ts';
import { overwriteNumbers } from './kept-stats.ts';
import type { LatencySum } from './latency-spread.ts';
import { SnapshotRing } from './snapshot-ring.ts';
import { difference, noRates, type Sums, sumUp } from './user-sums.ts';

const flowMs = 10_000;
const latencyMs = 60_000;
const bucketMs = 2_000;
const latencyBucketMs = 10_000;
/** Workers report once a second while anything changes. */
const reportsLateMs = 1_500;

type InputStream = Pick<InputStreamCount, 'source' | 'stream'>;

/** Of some moment; written over when no window reaches it any more. */
interface FlowSnapshot {
  /** The list of a report itself, of which only the counts are ever written over. */
  streams: readonly InputStream[];
  /** What was executed of each of them. */
  readonly counts: number[];
  readonly sums: Sums;
  uptimeMs: number;
  reportedMs: number;
  busyMs: number;
  backpressuredMs: number;
}

export type LatencyPart = 'executeLatency' | 'ackLatency' | 'queueLatency';
type LatencySnapshot = Readonly<Record<LatencyPart, number[]>>;

interface Recent {
  readonly workerToken: string;
  readonly flow: SnapshotRing<FlowSnapshot>;
  readonly latency: SnapshotRing<LatencySnapshot>;
  receivedAtMs: number;
  /** Of the process's time, what its reports followed closely upon each other. */
  reportedMs: number;
  latest: ExecutorStats;
}

/**
 * What one executor did in the last seconds of its present process. There is one of every executor
 * every second, and most are asked for little: so each number is worked out when it is asked for.
 */
export class RecentReading {
  readonly #recent: Recent;
  readonly #nowMs: number;
  #spanMs = 0;

  constructor(recent: Recent, nowMs: number) {
    this.#recent = recent;
    this.#nowMs = nowMs;
  }

  /** Never kept: a later report may write over it. */
  get #base(): FlowSnapshot | null {
    return this.#recent.flow.base(this.#nowMs);
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
    const base = this.#base;
    const silentMs = Math.max(0, this.#nowMs - receivedAtMs - reportsLateMs);
    const spanMs = latest.uptimeMs - (base?.uptimeMs ?? 0) + silentMs;
    const reportedSpanMs = reportedMs - (base?.reportedMs ?? 0);
    return Math.max(1, reportedSpanMs, Math.min(flow.reachMs(this.#nowMs), spanMs));
  }

  /** What was executed in that time, by stream; streams of which nothing was are left out. */
  get executed(): readonly (InputStream & { readonly count: number })[] {
    const base = this.#base;
    if (base === null) return [];
    return this.#recent.latest.executed.flatMap(({ source, stream, count }) => {
      const more = count - countIn(base, { source, stream });
      return more > 0 ? { source, stream, count: more } : [];
    });
  }

  /** What was counted in that time, in sums, Storm's own streams left out. */
  get sums(): Rates {
    const base = this.#base;
    if (base === null) return noRates;
    const sums = { ...noRates };
    sumUp(sums, this.#recent.latest);
    return difference(sums, base.sums);
  }

  get busyMs(): number {
    const base = this.#base;
    return base === null ? 0 : Math.max(0, this.#recent.latest.busyMs - base.busyMs);
  }

  get backpressuredMs(): number {
    const base = this.#base;
    return base === null
      ? 0
      : Math.max(0, this.#recent.latest.backpressuredMs - base.backpressuredMs);
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
    advance(recent, first, nowMs);
    recent.reportedMs = first === null ? reportedMs(report.uptimeMs) : 0;
  }

  /** @param latest may be written over by the executor's next report, before which `beforeRecord` is called */
  record(latest: ExecutorStats, nowMs: number): void {
    const recent = this.#recents.get(latest.firstTask);
    if (recent === undefined) return;
    recent.latest = latest;
    recent.receivedAtMs = nowMs;
  }

  /** null when it has not reported. */
  read(firstTask: number, nowMs: number): RecentReading | null {
    const recent = this.#recents.get(firstTask);
    return recent === undefined ? null : new RecentReading(recent, nowMs);
  }
}

/** Mostly there is nothing to do. @param before what was counted until now; null: nothing */
function advance(recent: Recent, before: ExecutorStats | null, nowMs: number): void {
  if (nowMs >= recent.flow.nextMs) advanceFlow(recent, before, nowMs);
  if (nowMs >= recent.latency.nextMs) advanceLatency(recent, before, nowMs);
}

function advanceFlow(
  { flow, reportedMs }: Recent,
  before: ExecutorStats | null,
  nowMs: number,
): void {
  flow.advance(nowMs, (expired) => {
    const snapshot = expired ?? newFlow();
    if (before !== null) writeFlow(snapshot, before);
    snapshot.reportedMs = reportedMs;
    return snapshot;
  });
}

function advanceLatency({ latency }: Recent, before: ExecutorStats | null, nowMs: number): void {
  latency.advance(nowMs, (expired) => {
    const snapshot = expired ?? { executeLatency: [], ackLatency: [], queueLatency: [] };
    if (before !== null) writeLatency(snapshot, before);
    return snapshot;
  });
}

function newFlow(): FlowSnapshot {
  const times = { uptimeMs: 0, reportedMs: 0, busyMs: 0, backpressuredMs: 0 };
  return { streams: [], counts: [], sums: { ...noRates }, ...times };
}

function writeFlow(snapshot: FlowSnapshot, stats: ExecutorStats): void {
  snapshot.streams = stats.executed;
  stats.executed.forEach(({ count }, place) => {
    snapshot.counts[place] = count;
  });
  sumUp(snapshot.sums, stats);
  snapshot.uptimeMs = stats.uptimeMs;
  snapshot.busyMs = stats.busyMs;
  snapshot.backpressuredMs = stats.backpressuredMs;
}

function writeLatency(snapshot: LatencySnapshot, stats: ExecutorStats): void {
  overwriteNumbers(snapshot.executeLatency, stats.executeLatency);
  overwriteNumbers(snapshot.ackLatency, stats.ackLatency);
  overwriteNumbers(snapshot.queueLatency, stats.queueLatency);
}

function newRecent(workerToken: string, latest: ExecutorStats, nowMs: number): Recent {
  return {
    ...{ workerToken, latest },
    ...{ receivedAtMs: nowMs, reportedMs: 0 },
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

function countIn({ streams, counts }: FlowSnapshot, wanted: InputStream): number {
  const place = streams.findIndex(
    ({ source, stream }) => source === wanted.source && stream === wanted.stream,
  );
  return counts[place] ?? 0;
}
