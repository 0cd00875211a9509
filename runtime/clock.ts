/** Time as the runtime's parts see it; tests put their own in. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs the action once after the delay; the returned function calls it off. */
  after(delayMs: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, Math.min(delayMs, 0x7fffffff));
    return () => clearTimeout(timer);
  },
};

export function sleep(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
}

/** What the promise resolves to, or null when the time is over first. */
export async function within<Value>(
  clock: Clock,
  limitMs: number,
  promise: Promise<Value>,
): Promise<Value | null> {
  let callOff = () => {};
  const over = new Promise<null>((resolve) => {
    callOff = clock.after(limitMs, () => resolve(null));
  });
  try {
    return await Promise.race([promise, over]);
  } finally {
    callOff();
  }
}
