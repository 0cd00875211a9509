import type { Clock } from './clock.ts';

interface Timer {
  readonly atMs: number;
  readonly action: () => void;
}

/** Time that passes only when told. */
export class ManualClock implements Clock {
  #nowMs = 0;
  #timers: readonly Timer[] = [];

  /** How many actions are planned. */
  get pending(): number {
    return this.#timers.length;
  }

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, action: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, action };
    this.#timers = [...this.#timers, timer];
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }

  /** Runs what falls due meanwhile, each at its time. */
  advance(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (;;) {
      const [next] = [...this.#timers].sort((a, b) => a.atMs - b.atMs);
      if (next === undefined || next.atMs > endMs) break;
      this.#timers = this.#timers.filter((each) => each !== next);
      this.#nowMs = next.atMs;
      next.action();
    }
    this.#nowMs = endMs;
  }
}
