/** What became of the requests for one DRPC function, since the server started or forgot about it. */
export interface DrpcFunctionSummary {
  readonly function: string;
  /** Names of the topologies that serve it; empty for a server that knows none. */
  readonly topologies: readonly string[];
  /** Open requests that nobody has fetched yet. */
  readonly waiting: number;
  /** Open requests that a topology works on. */
  readonly inFlight: number;
  readonly served: number;
  /** Failed by the topology, lost with a worker, or refused because too much waited. */
  readonly failed: number;
  readonly timedOut: number;
  /** Given up by callers who hung up. */
  readonly cancelled: number;
  /** From request to result, in milliseconds, of the latest results; null before the first. */
  readonly latencyMs: DrpcLatencies | null;
}

export interface DrpcLatencies {
  /** How many results this is about. */
  readonly results: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}
