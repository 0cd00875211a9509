import type { TaskMetrics } from '../../storm-api/builder/index.ts';
import type { InputStreamCount } from '../wire/index.ts';
import type { ExecutorCounts } from './task-counts.ts';

/** A queue: how many it is made for, how many wait in it, and how many were ever taken out of it. */
export interface QueueState {
  readonly capacity: number;
  readonly waiting: number;
  readonly taken: number;
}

/** Told of a queue that has no bound. */
export const unboundedCapacity = 1024;

/** What an executor tells of itself. */
export interface MeasuredExecutor {
  readonly kind: 'spout' | 'bolt';
  readonly counts: ExecutorCounts;
  /** What came in for it: tuples, or acks and fails. */
  received(): QueueState;
  /** What it sent; some of it waits while a target has no room. */
  sending(): QueueState;
}

type Scope = (count: InputStreamCount) => string;

/**
 * The metrics that Storm registers for every component: counts by stream, for bolts by
 * `component:stream` of the source, and mean latencies in milliseconds. Storm extrapolates from
 * samples; these counts are exact, and of all tasks of the executor together. Queues have the shape
 * of Storm's.
 */
export function registerBuiltinMetrics(
  metrics: TaskMetrics,
  executor: MeasuredExecutor,
  periodSecs: number,
): void {
  const { kind, counts } = executor;
  const scope: Scope =
    kind === 'spout' ? ({ stream }) => stream : ({ source, stream }) => `${source}:${stream}`;
  const grown = (name: string, totals: () => Iterable<readonly [string, number]>) =>
    metrics.register(name, new Growth(totals), periodSecs);
  const queue = (name: string, state: () => QueueState) =>
    metrics.register(name, { valueAndReset: () => shapeOf(state()) }, periodSecs);
  const means = (name: string, totals: () => readonly InputStreamCount[]) =>
    metrics.register(name, new Means(totals, scope), periodSecs);
  const ofInputs = (read: () => readonly InputStreamCount[]) => () =>
    read().map((each) => [scope(each), each.count] as const);
  grown('__emit-count', () => counts.emitted.read().map(({ stream, count }) => [stream, count]));
  grown('__transfer-count', () =>
    counts.transferred.read().map(({ stream, count }) => [stream, count]),
  );
  queue('__receive', () => executor.received());
  queue('__sendqueue', () => executor.sending());
  grown(
    '__ack-count',
    ofInputs(() => counts.acked.read()),
  );
  grown(
    '__fail-count',
    ofInputs(() => counts.failed.read()),
  );
  means(kind === 'spout' ? '__complete-latency' : '__process-latency', () => counts.acked.read());
  if (kind === 'spout') return;
  grown(
    '__execute-count',
    ofInputs(() => counts.executed.read()),
  );
  means('__execute-latency', () => counts.executed.read());
}

function shapeOf({ capacity, waiting, taken }: QueueState): ReadonlyMap<string, number> {
  return new Map([
    ['capacity', capacity],
    ['population', waiting],
    ['write_pos', taken + waiting],
    ['read_pos', taken],
  ]);
}

/** How much each count has grown since it was last read; a scope once seen stays, with zero. */
class Growth {
  readonly #totals: () => Iterable<readonly [string, number]>;
  #last: ReadonlyMap<string, number>;

  constructor(totals: () => Iterable<readonly [string, number]>) {
    this.#totals = totals;
    this.#last = new Map(totals());
  }

  valueAndReset(): ReadonlyMap<string, number> {
    const now = new Map(this.#totals());
    const last = this.#last;
    this.#last = now;
    return new Map([...now].map(([scope, total]) => [scope, total - (last.get(scope) ?? 0)]));
  }
}

/** Mean of what was sampled since the last reading; no scope without a sample. */
class Means {
  readonly #totals: () => readonly InputStreamCount[];
  readonly #scope: Scope;
  #last: ReadonlyMap<string, InputStreamCount>;

  constructor(totals: () => readonly InputStreamCount[], scope: Scope) {
    this.#totals = totals;
    this.#scope = scope;
    this.#last = this.#byScope();
  }

  valueAndReset(): ReadonlyMap<string, number> {
    const now = this.#byScope();
    const last = this.#last;
    this.#last = now;
    const means = new Map<string, number>();
    for (const [scope, { sampled, totalMs }] of now) {
      const before = last.get(scope) ?? { sampled: 0, totalMs: 0 };
      const more = sampled - before.sampled;
      if (more > 0) means.set(scope, (totalMs - before.totalMs) / more);
    }
    return means;
  }

  #byScope(): ReadonlyMap<string, InputStreamCount> {
    return new Map(this.#totals().map((each) => [this.#scope(each), each]));
  }
}
