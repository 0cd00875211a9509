/**
 * What the server tells the page by server-sent events, one JSON text each. Rates are tuples per second
 * over the last ten seconds, latencies milliseconds, shares parts of 1; what is not known is null.
 */

export type Status = 'ACTIVE' | 'INACTIVE' | 'KILLED' | 'REBALANCING';
export type ComponentKind = 'spout' | 'bolt' | 'state-spout' | 'system';

/** How a topology is in one word: `bad` does not run as it was meant to, `busy` is held back by a component, of `failing` tuples fail. */
export type Health = 'good' | 'busy' | 'failing' | 'bad' | 'stopped';

/** Percentiles of the last minute. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Shares of the time of the threads. */
export interface Shares {
  readonly busy: number;
  readonly idle: number;
  readonly backpressured: number;
}

export interface Queue {
  readonly tuples: number;
  readonly tuplesMax: number;
  readonly waitMs: number | null;
}

/** A topology in the list. */
export interface TopologyLine {
  readonly id: string;
  readonly name: string;
  readonly status: Status;
  readonly health: Health;
  readonly problem: string | null;
  readonly uptimeSecs: number;
  readonly tasks: number;
  readonly executors: number;
  readonly workers: number;
  /** Tuples that bolts took in. */
  readonly executedPerSec: number;
  /** Tuples that spouts emitted. */
  readonly emittedPerSec: number;
  readonly failedPerSec: number;
  /** Since it was submitted. */
  readonly failed: number;
  readonly complete: Spread | null;
  /** Messages that sources such as Kafka hold for it; null when it reads none. */
  readonly lag: number | null;
  readonly bottleneck: string | null;
  /** `executedPerSec` of the last minutes, oldest first. */
  readonly recent: readonly number[];
}

/** A topology's processes in one slot: Java's and our own kind may share it. */
export interface SlotLine {
  readonly port: number;
  readonly topologyId: string;
  readonly topology: string;
  readonly processes: readonly {
    readonly state: WorkerLine['state'];
    readonly pid: number | null;
  }[];
}

/** Event `cluster`, once a second. */
export interface ClusterMessage {
  readonly timeMs: number;
  readonly host: string;
  readonly uptimeSecs: number;
  readonly slotsTotal: number;
  readonly slotsUsed: number;
  readonly topologies: readonly TopologyLine[];
  readonly damaged: readonly DamagedLine[];
  readonly slots: readonly SlotLine[];
}

/** An accepted topology that cannot run; a kill removes it. */
export interface DamagedLine {
  readonly id: string;
  readonly name: string;
  /** What follows the name in a sentence. */
  readonly problem: string;
}

export interface GraphComponent {
  readonly id: string;
  readonly kind: ComponentKind;
  /** What runs inside, such as a class or a command; null where it cannot be told. */
  readonly code: string | null;
  readonly streams: readonly { readonly id: string; readonly fields: readonly string[] }[];
}

export interface GraphEdge {
  readonly source: string;
  readonly stream: string;
  readonly target: string;
  readonly grouping: string;
}

/** Event `graph`: what does not change while a topology lives. */
export interface GraphMessage {
  readonly id: string;
  readonly name: string;
  readonly generation: string;
  readonly components: readonly GraphComponent[];
  readonly edges: readonly GraphEdge[];
}

export interface Rates {
  readonly emitted: number;
  readonly transferred: number;
  readonly executed: number;
  readonly acked: number;
  readonly failed: number;
}

/** How far a reader of Kafka, say, is in one partition. */
export interface LagLine {
  /** Empty where the reader does not say it. */
  readonly topic: string;
  readonly partition: number;
  readonly task: number;
  /** Messages that are written and not done with. */
  readonly lag: number;
  readonly endOffset: number;
  readonly doneOffset: number;
  /** When it was so. */
  readonly timeMs: number;
}

/** All partitions that a component reads. */
export interface Lag {
  readonly total: number;
  readonly partitions: number;
  /** The largest first, bounded; GET /api/gearstorm/topology/T/lag has all of them, over time. */
  readonly worst: readonly LagLine[];
}

/** GET /api/gearstorm/topology/T/lag. */
export interface LagAnswer {
  readonly timeMs: number;
  readonly components: readonly {
    readonly id: string;
    readonly total: number;
    /** By topic and partition. */
    readonly partitions: readonly LagLine[];
  }[];
  /** One look in five seconds, the oldest first. */
  readonly history: {
    readonly timesMs: readonly number[];
    /** By partition, bounded; `lags` has as many as there are times, null where nothing was told. */
    readonly series: readonly {
      readonly component: string;
      readonly topic: string;
      readonly partition: number;
      readonly lags: readonly (number | null)[];
    }[];
  };
}

export interface ComponentLine {
  readonly id: string;
  readonly kind: ComponentKind;
  readonly executors: number;
  readonly tasks: number;
  readonly rates: Rates;
  /** Exact, since the component was first placed. */
  readonly totals: Rates;
  /** How long tuples waited until they were taken; null of spouts. */
  readonly queued: Spread | null;
  readonly execute: Spread | null;
  readonly process: Spread | null;
  readonly complete: Spread | null;
  readonly queue: Queue | null;
  readonly shares: Shares | null;
  /** How busy the busiest of its threads is. */
  readonly busiest: number | null;
  readonly capacity: number | null;
  /** null for what reads no partitions. */
  readonly lag: Lag | null;
  /** By task, how often its subprocess ended and another took its place; tasks of which none did are left out. */
  readonly subprocessRestarts: readonly { readonly task: number; readonly restarts: number }[];
  /** Trees of a spout that took too long, and who held those that were followed. */
  readonly timedOut: {
    readonly trees: number;
    readonly followed: number;
    readonly holders: readonly { readonly id: string; readonly tuples: number }[];
  } | null;
}

export interface ExecutorLine {
  readonly firstTask: number;
  readonly lastTask: number;
  readonly port: number;
  readonly uptimeSecs: number;
  readonly rates: Rates;
  readonly queued: Spread | null;
  readonly execute: Spread | null;
  readonly complete: Spread | null;
  readonly queue: Queue | null;
  readonly shares: Shares | null;
}

export interface WorkerLine {
  readonly port: number;
  readonly host: string;
  readonly pid: number | null;
  readonly state: 'starting' | 'running' | 'backing-off' | 'stopped';
  readonly restarts: number;
  readonly restartsAtMs: number | null;
  readonly uptimeSecs: number;
  readonly lastExit: string | null;
  readonly executors: number;
  /** What they run, Storm's own left out. */
  readonly components: readonly string[];
}

export interface ErrorLine {
  readonly component: string;
  readonly count: number;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  readonly task: number | null;
  readonly host: string;
  readonly port: number;
  readonly message: string;
}

/** Event `topology`, once a second. */
export interface TopologyMessage extends Omit<TopologyLine, 'recent'> {
  readonly timeMs: number;
  readonly components: readonly ComponentLine[];
  /** What flows along each edge of the graph, in its order. */
  readonly edgesPerSec: readonly number[];
  readonly workerList: readonly WorkerLine[];
  readonly errors: readonly ErrorLine[];
  /** Of the component that was asked for, the busiest first, bounded; null when none was. */
  readonly executorList: readonly ExecutorLine[] | null;
}

/** One look at a topology, for the lines over time. */
export interface HistoryPoint {
  readonly timeMs: number;
  readonly executedPerSec: number;
  readonly emittedPerSec: number;
  readonly failedPerSec: number;
  readonly completeP99: number | null;
  readonly lag: number | null;
  readonly bottleneck: string | null;
}

/** Event `history`, once after `graph`; what comes later the page adds itself. */
export interface HistoryMessage {
  readonly points: readonly HistoryPoint[];
}
