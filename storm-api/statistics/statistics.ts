import type { ComponentId, StreamId, TaskId } from '../model/ids.ts';
import type {
  InputCount,
  TimedOutCounts,
  TopologySummary,
  WorkerDescription,
} from '../topology-facts.ts';

/** Storm's names of the spans that its statistics are told for: seconds, and since the beginning. */
export type StatisticsWindow = '600' | '10800' | '86400' | ':all-time';

export const statisticsWindows: readonly StatisticsWindow[] = [
  '600',
  '10800',
  '86400',
  ':all-time',
];

/** What was counted in one window. Counts are exact, latencies are means of a sample. */
export interface WindowCounts {
  readonly emitted: ReadonlyMap<StreamId, number>;
  /** An emit counts once for each task that gets it. */
  readonly transferred: ReadonlyMap<StreamId, number>;
  /** With process latency; of a spout (its source is itself) complete latency. */
  readonly acked: readonly InputCount[];
  readonly failed: readonly InputCount[];
  /** With execute latency; empty for spouts. */
  readonly executed: readonly InputCount[];
}

/** Empty until the executor's worker reported for the first time, else with every window. */
export type Windows = ReadonlyMap<StatisticsWindow, WindowCounts>;

/**
 * How long the tuples of the last minute took, of those that were timed (one in twenty, or as
 * `topology.stats.sample.rate` says); in milliseconds, to within 7 %.
 */
export interface LatencySpread {
  /** How many were timed. */
  readonly timed: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Each is null while nothing was timed in the last minute. */
export interface LatencySpreads {
  /** Of a bolt: from a tuple's arrival in the worker until it is taken. */
  readonly queue: LatencySpread | null;
  /** Of a bolt: inside execute. */
  readonly execute: LatencySpread | null;
  /** Of a bolt: from execute to ack. */
  readonly process: LatencySpread | null;
  /** Of a spout: from emit to ack of the whole tree. */
  readonly complete: LatencySpread | null;
}

/**
 * What the threads did in the last ten seconds, as shares of 1; they add up to it. A spout is also
 * backpressured while topology.max.spout.pending stops it.
 */
export interface TimeShares {
  readonly busy: number;
  readonly idle: number;
  readonly backpressured: number;
}

/** Input that waits: of a bolt tuples, of a spout acks and fails. */
export interface QueueDepth {
  readonly tuples: number;
  /** How many fit; what one call emits may exceed it. */
  readonly tuplesMax: number;
  /** Of what waits and is large, by estimate; null where it is not measured. */
  readonly bytes: number | null;
  /**
   * How long what comes now will wait, by Little's law, in milliseconds: depth over rate; null while
   * nothing moves.
   */
  readonly waitMs: number | null;
}

/** Tuples per second over the last ten seconds, Storm's own streams left out. */
export interface Rates {
  readonly emitted: number;
  readonly transferred: number;
  readonly executed: number;
  readonly acked: number;
  readonly failed: number;
}

/** Tuples of one stream that a component takes in, per second over the last ten seconds. */
export interface InputRate {
  readonly source: ComponentId;
  readonly stream: StreamId;
  readonly perSec: number;
}

interface Activity {
  readonly windows: Windows;
  readonly rates: Rates;
  /** What flows along each edge of the graph into this bolt; empty for spouts. */
  readonly inputRates: readonly InputRate[];
  readonly latencies: LatencySpreads;
  /** null until the worker reported, and while it does not run. */
  readonly time: TimeShares | null;
  /** As `time`. */
  readonly queue: QueueDepth | null;
  /** Storm's: the share of the last ten minutes that a bolt spent in execute, by sampled means; null for spouts. */
  readonly capacity: number | null;
  /** null for bolts. */
  readonly timedOut: TimedOutCounts | null;
}

export interface ExecutorStatistics extends Activity {
  readonly component: ComponentId;
  readonly firstTask: TaskId;
  readonly lastTask: TaskId;
  /** Its place in `workerList`: a slot may have several. */
  readonly worker: number;
  readonly host: string;
  readonly port: number;
  /** Seconds since the worker reported its executors running; 0 while it starts. */
  readonly uptimeSecs: number;
}

/** How far the reader of a partitioned source, such as Kafka, is in one partition. */
export interface SourceLag {
  /** Empty where the reader does not say it. */
  readonly topic: string;
  readonly partition: number;
  /** Messages that are written and not done with. */
  readonly lag: number;
  /** The offset that the next message to be written will get. */
  readonly endOffset: number;
  /** Everything in front of it is done. */
  readonly doneOffset: number;
}

/** The same as its task told it last. */
export interface PartitionLag extends SourceLag {
  readonly task: TaskId;
  /** When it was so, in milliseconds since 1970. */
  readonly timeMs: number;
}

/** Everything is summed over the executors; `time` is their mean, `capacity` the highest. */
export interface ComponentStatistics extends Activity {
  readonly id: ComponentId;
  readonly kind: 'spout' | 'bolt' | 'state-spout' | 'system';
  readonly executors: number;
  readonly tasks: number;
  /** By topic and partition; empty for what reads no partitions, or has not told yet. */
  readonly lags: readonly PartitionLag[];
  /** Of all its tasks when a native worker runs its subprocesses; empty for any other. */
  readonly subprocessRestarts: readonly TaskRestarts[];
}

/** How often the subprocess of a task ended, and another took its place, since serve started. */
export interface TaskRestarts {
  readonly task: TaskId;
  readonly restarts: number;
}

/** Reported errors of one component that differ in numbers only. */
export interface ErrorGroup {
  readonly component: ComponentId;
  readonly count: number;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  /** Of the newest one. */
  readonly task: TaskId | null;
  readonly host: string;
  readonly port: number;
  /** The newest one's text with its stack. */
  readonly message: string;
}

export interface TopologyStatistics extends TopologySummary {
  /** When these numbers were taken, in milliseconds since 1970. */
  readonly timeMs: number;
  /** In the order of the topology, then Storm's own. */
  readonly components: readonly ComponentStatistics[];
  readonly executorList: readonly ExecutorStatistics[];
  readonly workerList: readonly WorkerDescription[];
  /** Last seen first, bounded. */
  readonly errorGroups: readonly ErrorGroup[];
  /**
   * The component that the others wait for: the busiest one behind a backpressured one; null when
   * nothing is held back.
   */
  readonly bottleneck: ComponentId | null;
}
