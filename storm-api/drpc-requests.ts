import type { StormId } from './model/ids.ts';

/** A request for a DRPC function, as whoever serves the function gets it. */
export interface DrpcRequest {
  /** Whoever has it may answer; nobody can guess it. */
  readonly id: string;
  readonly args: string;
}

/** As `drpc.servers` and `drpc.invocations.port` of a topology name it. */
export interface DrpcServerAddress {
  readonly host: string;
  readonly port: number;
}

/** When who takes requests does not want them any more. */
export interface TakerSignals {
  /** The same object for all that is lost together, aborted then. */
  readonly gone: AbortSignal;
  /** Ends the wait for requests, and leaves alone what was taken. */
  readonly withdrawn: AbortSignal;
}

/**
 * Where the workers of topologies get DRPC requests without Thrift. A worker gets and answers
 * requests for functions that its topology serves, no others.
 */
export interface DrpcRequests {
  /** Where the same requests are fetched and answered over Thrift; null where they are not. */
  readonly server: DrpcServerAddress | null;
  /**
   * Resolves with a request that nobody else gets, as soon as there is one and the topology is
   * active; null when the worker is gone or wants none before. What a worker took and did not answer
   * fails with it.
   * @throws Error whose message says why the topology may not
   */
  take(id: StormId, functionName: string, taker: TakerSignals): Promise<DrpcRequest | null>;
  /** What was taken and not worked on is there for others. Ignored as in `result`. */
  giveBack(id: StormId, request: DrpcRequest): void;
  /** Ignored for a request that is not open, or not the topology's to answer. */
  result(id: StormId, requestId: string, result: string): void;
  /** As `result`. @param reason null for Storm's own words */
  fail(id: StormId, requestId: string, reason: string | null): void;
}
