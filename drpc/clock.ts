/** Time as the request table sees it; tests put their own in. */
export interface Clock {
  /** Milliseconds on a scale of its own. */
  now(): number;
  /** Runs the action once after the delay; the returned function calls it off. */
  after(delayMs: number, action: () => void): () => void;
}

const longestDelayMs = 0x7fffffff;

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, Math.min(delayMs, longestDelayMs));
    return () => clearTimeout(timer);
  },
};
