/** Executors of a component in one slot. */
export interface Placed {
  readonly port: number;
  readonly executors: number;
}

/** What a rebalance would change, were it done now. */
export interface RebalancePreview {
  readonly workersBefore: number;
  readonly workersAfter: number;
  readonly executorsBefore: number;
  readonly executorsAfter: number;
  /** Components whose executors would lie otherwise. */
  readonly moves: readonly {
    readonly component: string;
    readonly before: readonly Placed[];
    readonly after: readonly Placed[];
  }[];
}
