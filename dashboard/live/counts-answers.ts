/** Storm's windows: seconds, and since the topology was submitted. */
export type CountsWindow = '600' | '10800' | '86400' | ':all-time';

/** Exact; null before anything was reported. */
export interface Counts {
  readonly emitted: number | null;
  /** An emit counts once for each task that gets it. */
  readonly transferred: number | null;
  readonly executed: number | null;
  readonly acked: number | null;
  readonly failed: number | null;
  /** Mean of a sample, in milliseconds, as the next one. */
  readonly executeMs: number | null;
  /** Process latency of bolts, complete latency of spouts and of whole topologies. */
  readonly ackMs: number | null;
}

export interface WindowLine extends Counts {
  readonly window: CountsWindow;
}

/** GET /api/gearstorm/topology/T/counts?window=W. */
export interface TopologyCounts {
  /** Of all components together in every window; acked and failed are those of tuple trees. */
  readonly windows: readonly WindowLine[];
  /** In the window that was asked for. */
  readonly components: readonly (Counts & {
    readonly id: string;
    readonly kind: 'spout' | 'bolt';
  })[];
}

/** What came in on one stream. */
export interface InputLine {
  readonly source: string;
  readonly stream: string;
  readonly executed: number;
  readonly acked: number;
  readonly failed: number;
  readonly executeMs: number | null;
  readonly processMs: number | null;
}

/** What went out on one stream, and of a spout what became of it. */
export interface OutputLine {
  readonly stream: string;
  readonly emitted: number;
  readonly transferred: number;
  readonly acked: number;
  readonly failed: number;
  readonly completeMs: number | null;
}

export interface ExecutorCounts extends Counts {
  readonly firstTask: number;
  readonly lastTask: number;
  readonly port: number;
}

/** GET /api/gearstorm/topology/T/component/C/counts?window=W. */
export interface ComponentCounts {
  readonly kind: 'spout' | 'bolt';
  /** In every window; the rest in the one that was asked for. */
  readonly windows: readonly WindowLine[];
  readonly inputs: readonly InputLine[];
  readonly outputs: readonly OutputLine[];
  /** By task, bounded. */
  readonly executors: readonly ExecutorCounts[];
}
