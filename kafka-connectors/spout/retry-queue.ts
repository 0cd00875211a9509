import type { Delivery } from './partition-window.ts';

interface Waiting {
  readonly delivery: Delivery;
  readonly dueMs: number;
}

/** Messages that are to be emitted again, the next one first. */
export class RetryQueue {
  /** By time, the latest first. */
  readonly #waiting: Waiting[] = [];

  get size(): number {
    return this.#waiting.length;
  }

  /** When the first is due; null when nothing waits. */
  get nextDueMs(): number | null {
    return this.#waiting.at(-1)?.dueMs ?? null;
  }

  add(delivery: Delivery, dueMs: number): void {
    let low = 0;
    let high = this.#waiting.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#waiting[middle]?.dueMs ?? 0) > dueMs) low = middle + 1;
      else high = middle;
    }
    this.#waiting.splice(low, 0, { delivery, dueMs });
  }

  takeDue(nowMs: number): Delivery | null {
    const next = this.#waiting.at(-1);
    if (next === undefined || next.dueMs > nowMs) return null;
    this.#waiting.pop();
    return next.delivery;
  }
}

/** Twice as long after every attempt. */
export function backOffMs(
  { initialMs, maxMs }: { readonly initialMs: number; readonly maxMs: number },
  attempts: number,
): number {
  return Math.min(initialMs * 2 ** (attempts - 1), maxMs);
}
