/**
 * Why a request has no result: the topology failed it, nobody answered in time, it was not taken in
 * at all (and of that: nobody knows the function, or too much waits already), or the server ends.
 */
export type DrpcFailure = 'failed' | 'timed-out' | 'unknown-function' | 'overloaded' | 'shut-down';

/** A request without a result; the message is for its caller. */
export class DrpcError extends Error {
  override readonly name = 'DrpcError';
  readonly failure: DrpcFailure;

  constructor(failure: DrpcFailure, message: string) {
    super(message);
    this.failure = failure;
  }
}
