import type { ComponentId, StormId, StreamId } from './model/ids.ts';
import type { TopologyStatus } from './model/topology-status.ts';
import type { TopologyResources } from './resources.ts';

/** Exact counters since the executor's tasks were first placed; keys are stream ids. */
export interface ExecutorCounts {
  readonly emitted: ReadonlyMap<StreamId, number>;
  readonly transferred: ReadonlyMap<StreamId, number>;
  /** For bolts the key is `source component` + `stream`; a spout's source is itself. */
  readonly acked: readonly InputCount[];
  readonly failed: readonly InputCount[];
  readonly executed: readonly InputCount[];
  /** null for bolts. */
  readonly timedOut: TimedOutCounts | null;
}

/** Where a spout's tuple trees were when they took too long. */
export interface TimedOutCounts {
  readonly trees: number;
  /** How many of these were followed: all of a quiet spout, some of a busy one. */
  readonly followed: number;
  /** Tuples of the followed trees by the component that had not acked them. */
  readonly holders: ReadonlyMap<ComponentId, number>;
}

export interface InputCount {
  readonly source: ComponentId;
  readonly stream: StreamId;
  readonly count: number;
  /**
   * Mean milliseconds per tuple of the matching latency: execute latency for `executed`, process
   * latency for a bolt's `acked`, complete latency for a spout's `acked`; null when none is known.
   */
  readonly meanMs: number | null;
}

export interface WorkerDescription {
  readonly port: number;
  readonly host: string;
  readonly pid: number | null;
  readonly state: 'starting' | 'running' | 'backing-off' | 'stopped';
  readonly restarts: number;
  readonly uptimeSecs: number;
  /** When it starts again, in milliseconds since 1970; null unless it is backing off. */
  readonly restartsAtMs: number | null;
  /** Why the worker last ended; null if it never did. */
  readonly lastExit: string | null;
  readonly logFile: string;
}

export interface TopologySummary {
  readonly id: StormId;
  readonly name: string;
  readonly status: TopologyStatus;
  readonly uptimeSecs: number;
  readonly tasks: number;
  readonly executors: number;
  readonly workers: number;
  readonly owner: string;
  readonly resources: TopologyResources;
  /** Why it does not run as it was meant to, on one line; null when it does. */
  readonly problem: string | null;
}
