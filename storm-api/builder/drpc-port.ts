import type { DrpcRequest } from '../drpc-requests.ts';

/** The DRPC requests for the functions of a topology, as its components get and answer them. */
export interface DrpcPort {
  /**
   * Resolves with a request that is the caller's alone; null when there will be none any more, or
   * the signal was aborted before one came.
   * @throws Error when the topology does not serve the function: spouts name those that they fetch
   */
  fetch(functionName: string, signal: AbortSignal): Promise<DrpcRequest | null>;
  /** Nothing happens when the request is answered already. */
  result(requestId: string, result: string): void;
  /** @param reason what its caller is told; Storm's "Request failed" when left out */
  fail(requestId: string, reason?: string): void;
}
