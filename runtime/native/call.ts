/** What a call of user code came to. */
export interface CallEnd {
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Calls user code that may answer with a promise; exactly one of the ends is called, at once when
 * it is no promise. True when it has ended already.
 */
export function call(code: () => unknown, { done, failed }: CallEnd): boolean {
  let answer: unknown;
  try {
    answer = code();
  } catch (error) {
    failed(error);
    return true;
  }
  if (!isThenable(answer)) {
    done();
    return true;
  }
  answer.then(done, failed);
  return false;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
