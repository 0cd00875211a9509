import type { Tuple } from './tuple.ts';

/** What ends a tuple. */
interface Ender {
  ack(tuple: Tuple<unknown>): void;
  fail(tuple: Tuple<unknown>): void;
  reportError(error: unknown): void;
}

/**
 * Runs code that these tuples are acked after; they fail when it throws, and nothing else. Without a
 * promise where the code makes none: one for every tuple would cost more than the rest.
 */
export function ending(
  ender: Ender,
  tuples: readonly Tuple<unknown>[],
  code: () => void | Promise<void>,
): void | Promise<void> {
  const ack = () => {
    for (const tuple of tuples) ender.ack(tuple);
  };
  const fail = (error: unknown) => {
    ender.reportError(error);
    for (const tuple of tuples) ender.fail(tuple);
  };
  let done: unknown;
  try {
    done = code();
  } catch (error) {
    fail(error);
    return;
  }
  if (isPromise(done)) return done.then(ack, fail);
  ack();
}

/** A promise, of this or any library. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
