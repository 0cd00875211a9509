/**
 * Why a request has no result: the topology failed it, nobody answered in time, it was not taken in
 * at all (and of that: nobody knows the function, the caller may not call it, or too much waits
 * already), or the server ends. A worker that may not serve a function is unauthorized too.
 */
export type DrpcFailure =
  | 'failed'
  | 'timed-out'
  | 'unknown-function'
  | 'unauthorized'
  | 'overloaded'
  | 'shut-down';

/** A request without a result; the message is for its caller. */
export class DrpcError extends Error {
  override readonly name = 'DrpcError';
  readonly failure: DrpcFailure;

  constructor(failure: DrpcFailure, message: string) {
    super(message);
    this.failure = failure;
  }
}
