import type {
  ExecutorStats,
  InputStreamCount,
  QueueStats,
  StreamCount,
  TimedOutTrees,
} from '../../wire/index.ts';

type Writable<Value> = Value extends readonly (infer Each)[]
  ? Writable<Each>[]
  : Value extends object
    ? { -readonly [Name in keyof Value]: Writable<Value[Name]> }
    : Value;

/** What an executor reported last, in an object of our own that its next report is written into. */
export type KeptStats = Writable<ExecutorStats>;

/** A copy: the report may be somebody else's, and is not kept alive by it. */
export function keptOf(report: ExecutorStats): KeptStats {
  return structuredClone(report) as KeptStats;
}

/**
 * Writes an executor's next report over the one before. A report consists of dozens of objects and
 * comes every second: kept as it is, it would just outlive the young generation of the heap, and most of
 * what the collector does would be to carry it from there.
 */
export function overwrite(kept: KeptStats, report: ExecutorStats): void {
  kept.uptimeMs = report.uptimeMs;
  kept.busyMs = report.busyMs;
  kept.backpressuredMs = report.backpressuredMs;
  kept.emitted = streams(kept.emitted, report.emitted);
  kept.transferred = streams(kept.transferred, report.transferred);
  kept.acked = inputs(kept.acked, report.acked);
  kept.failed = inputs(kept.failed, report.failed);
  kept.executed = inputs(kept.executed, report.executed);
  overwriteNumbers(kept.executeLatency, report.executeLatency);
  overwriteNumbers(kept.ackLatency, report.ackLatency);
  overwriteNumbers(kept.queueLatency, report.queueLatency);
  kept.timedOut = timedOut(kept.timedOut, report.timedOut);
  kept.queue = queue(kept.queue, report.queue);
}

function streams(
  kept: Writable<StreamCount>[],
  reported: readonly StreamCount[],
): Writable<StreamCount>[] {
  if (kept.length !== reported.length) return copied(reported);
  for (let index = 0; index < kept.length; index++) {
    const one = kept[index];
    const other = reported[index];
    if (one === undefined || one.stream !== other?.stream) return copied(reported);
    one.count = other.count;
  }
  return kept;
}

function inputs(
  kept: Writable<InputStreamCount>[],
  reported: readonly InputStreamCount[],
): Writable<InputStreamCount>[] {
  if (kept.length !== reported.length) return copied(reported);
  for (let index = 0; index < kept.length; index++) {
    const one = kept[index];
    const other = reported[index];
    if (one === undefined || one.stream !== other?.stream || one.source !== other.source) {
      return copied(reported);
    }
    one.count = other.count;
    one.totalMs = other.totalMs;
    one.sampled = other.sampled;
  }
  return kept;
}

function copied<Each extends object>(reported: readonly Each[]): Each[] {
  return reported.map((each) => ({ ...each }));
}

/** Makes one list like the other, in the room that it has. */
export function overwriteNumbers(kept: number[], reported: readonly number[]): void {
  if (kept.length > reported.length) kept.length = reported.length;
  for (let index = 0; index < reported.length; index++) kept[index] = reported[index] ?? 0;
}

function timedOut(
  kept: Writable<TimedOutTrees> | null,
  reported: TimedOutTrees | null,
): Writable<TimedOutTrees> | null {
  if (reported === null) return null;
  const isSame = kept?.trees === reported.trees && kept.followed === reported.followed;
  return isSame ? kept : structuredClone(reported as Writable<TimedOutTrees>);
}

function queue(
  kept: Writable<QueueStats> | null,
  reported: QueueStats | null,
): Writable<QueueStats> | null {
  if (kept === null || reported === null) return reported === null ? null : { ...reported };
  kept.tuples = reported.tuples;
  kept.tuplesMax = reported.tuplesMax;
  kept.bytes = reported.bytes;
  return kept;
}
