import type { Clock } from '../../clock.ts';

/** Storm's limit of what one executor reports: so many errors in an interval. */
export class ErrorThrottle {
  readonly #clock: Clock;
  readonly #intervals = new Map<string, { startMs: number; errors: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether this error is to be reported. */
  admits(component: string, { errorsMax, intervalSecs }: ThrottleLimits): boolean {
    const nowMs = this.#clock.now();
    const known = this.#intervals.get(component);
    const isOver = known === undefined || nowMs - known.startMs > intervalSecs * 1000;
    const interval = isOver ? { startMs: nowMs, errors: 0 } : known;
    this.#intervals.set(component, interval);
    interval.errors += 1;
    return interval.errors <= errorsMax;
  }
}

export interface ThrottleLimits {
  /** topology.max.error.report.per.interval */
  readonly errorsMax: number;
  /** topology.error.throttle.interval.secs */
  readonly intervalSecs: number;
}
