import type { Clock } from '../clock.ts';

interface Alarm {
  readonly atMs: number;
  readonly order: number;
  readonly action: () => void;
}

/** Time that only moves when it is told to; alarms of one moment ring in the order they were set. */
export class SimulatedClock implements Clock {
  #nowMs = 0;
  #order = 0;
  readonly #alarms = new Set<Alarm>();

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, action: () => void): () => void {
    this.#order += 1;
    const alarm = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order, action };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  /**
   * Moves to the next alarm and rings it, or to `limitMs` when that is sooner; false when it was
   * there already or there is neither.
   */
  advance(limitMs: number): boolean {
    const next = this.#next();
    if (next === undefined || next.atMs > limitMs) {
      if (this.#nowMs >= limitMs) return false;
      this.#nowMs = limitMs;
      return true;
    }
    this.#alarms.delete(next);
    this.#nowMs = next.atMs;
    next.action();
    return true;
  }

  #next(): Alarm | undefined {
    let next: Alarm | undefined;
    for (const alarm of this.#alarms) {
      const sooner =
        next === undefined ||
        alarm.atMs < next.atMs ||
        (alarm.atMs === next.atMs && alarm.order < next.order);
      if (sooner) next = alarm;
    }
    return next;
  }
}
