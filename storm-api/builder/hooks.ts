import type { Tuple } from './tuple.ts';

export interface EmitInfo {
  readonly values: readonly unknown[];
  readonly stream: string;
  readonly taskId: number;
  /** Tasks that get the tuple. */
  readonly outTasks: readonly number[];
}

export interface SpoutAckInfo {
  readonly messageId: unknown;
  readonly spoutTaskId: number;
  /** Since the emit. As all latencies here: null where it was not measured (topology.stats.sample.rate). */
  readonly completeLatencyMs: number | null;
}

export interface SpoutFailInfo {
  readonly messageId: unknown;
  readonly spoutTaskId: number;
  readonly failLatencyMs: number | null;
}

export interface BoltExecuteInfo {
  readonly tuple: Tuple;
  readonly executingTaskId: number;
  readonly executeLatencyMs: number | null;
}

export interface BoltAckInfo {
  readonly tuple: Tuple;
  readonly ackingTaskId: number;
  /** Since the tuple was taken. */
  readonly processLatencyMs: number | null;
}

export interface BoltFailInfo {
  readonly tuple: Tuple;
  readonly failingTaskId: number;
  readonly failLatencyMs: number | null;
}
