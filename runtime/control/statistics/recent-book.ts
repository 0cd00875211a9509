import type { Rates } from '../../../storm-api/index.ts';
import type { ExecutorStats, LatencyHistogram } from '../../wire/index.ts';
import { CountColumns, type CountRow } from './count-columns.ts';
import { lazily } from './lazily.ts';
import { SnapshotRing } from './snapshot-ring.ts';
import { difference, noRates, userSums } from './user-sums.ts';

const flowMs = 10_000;
const latencyMs = 60_000;
const bucketMs = 2_000;
const latencyBucketMs = 10_000;
/** Workers report once a second while anything changes. */
const reportsLateMs = 1_500;

interface FlowSnapshot {
  readonly row: CountRow;
  readonly sums: Rates;
  readonly uptimeMs: number;
  readonly busyMs: number;
  readonly backpressuredMs: number;
}

interface LatencySnapshot {
  readonly execute: LatencyHistogram;
  readonly ack: LatencyHistogram;
}

interface Recent {
  readonly workerToken: string;
  readonly columns: CountColumns;
  readonly flow: SnapshotRing<FlowSnapshot>;
  readonly latency: SnapshotRing<LatencySnapshot>;
  receivedAtMs: number;
  latest: ExecutorStats;
}

/** What one executor did in the last seconds of its present process. */
export interface RecentReading {
  /** Over how long, in milliseconds; not 0. */
  readonly spanMs: number;
  /** What was counted in that time. */
  readonly counts: ExecutorStats;
  /** The same in sums, Storm's own streams left out; cheaper than `counts`. */
  readonly sums: Rates;
  readonly busyMs: number;
  readonly backpressuredMs: number;
  /** Of the last minute. */
  readonly executeLatency: LatencyHistogram;
  readonly ackLatency: LatencyHistogram;
  /** As it was told last. */
  readonly queue: ExecutorStats['queue'];
}

/** What executors counted in the last seconds, by first task. Nothing of it outlives a process. */
export class RecentBook {
  readonly #recents = new Map<number, Recent>();

  /** Looks at what was reported last, which `record` replaces. */
  beforeRecord(workerToken: string, report: ExecutorStats, nowMs: number): void {
    const known = this.#recents.get(report.firstTask);
    if (known?.workerToken === workerToken) {
      advance(known, known.latest, nowMs);
      return;
    }
    const recent = newRecent(workerToken, report, nowMs);
    this.#recents.set(report.firstTask, recent);
    advance(recent, firstOf(report), nowMs);
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
    if (recent === undefined) return null;
    const { latest, columns, flow, latency, receivedAtMs } = recent;
    const base = flow.base(nowMs);
    const counts = lazily(() => columns.since(base?.row ?? columns.rowOf(latest), latest));
    const sums = lazily(() => (base === null ? noRates : difference(userSums(latest), base.sums)));
    const moreSince = (part: 'execute' | 'ack', newer: LatencyHistogram) => {
      const old = latency.base(nowMs);
      return old === null ? [] : less(newer, old[part]);
    };
    const silentMs = Math.max(0, nowMs - receivedAtMs - reportsLateMs);
    const spanMs = latest.uptimeMs - (base?.uptimeMs ?? 0) + silentMs;
    return {
      spanMs: Math.max(1, Math.min(flow.reachMs(nowMs), spanMs)),
      busyMs: base === null ? 0 : Math.max(0, latest.busyMs - base.busyMs),
      backpressuredMs:
        base === null ? 0 : Math.max(0, latest.backpressuredMs - base.backpressuredMs),
      get counts() {
        return counts();
      },
      get sums() {
        return sums();
      },
      get executeLatency() {
        return moreSince('execute', latest.executeLatency);
      },
      get ackLatency() {
        return moreSince('ack', latest.ackLatency);
      },
      queue: latest.queue,
    };
  }
}

/** @param before what was counted until now; null: nothing */
function advance(
  { columns, flow, latency }: Recent,
  before: ExecutorStats | null,
  nowMs: number,
): void {
  flow.advance(nowMs, () => ({
    row: columns.rowOf(before),
    sums: before === null ? noRates : userSums(before),
    uptimeMs: before?.uptimeMs ?? 0,
    busyMs: before?.busyMs ?? 0,
    backpressuredMs: before?.backpressuredMs ?? 0,
  }));
  latency.advance(nowMs, () => ({
    execute: [...(before?.executeLatency ?? [])],
    ack: [...(before?.ackLatency ?? [])],
  }));
}

function newRecent(workerToken: string, latest: ExecutorStats, nowMs: number): Recent {
  return {
    ...{ workerToken, latest },
    receivedAtMs: nowMs,
    columns: new CountColumns(),
    flow: new SnapshotRing(flowMs, flowMs / bucketMs),
    latency: new SnapshotRing(latencyMs, latencyMs / latencyBucketMs),
  };
}

/** What is taken to be before the first report: a worker may have run long before we saw it. */
function firstOf(latest: ExecutorStats): ExecutorStats | null {
  return latest.uptimeMs > bucketMs ? latest : null;
}

/** What the newer histogram has more than an older one of the same process, whose buckets it has all. */
function less(newer: LatencyHistogram, older: LatencyHistogram): LatencyHistogram {
  const more: number[] = [];
  let place = 0;
  for (let index = 0; index < newer.length; index += 2) {
    const bucket = newer[index] ?? 0;
    const isOld = older[place] === bucket;
    const count = (newer[index + 1] ?? 0) - (isOld ? (older[place + 1] ?? 0) : 0);
    if (isOld) place += 2;
    if (count > 0) more.push(bucket, count);
  }
  return more;
}
