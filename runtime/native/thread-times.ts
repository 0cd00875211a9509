/** What an executor does: its user code runs or was promised more, it has no input, or no room. */
export type Doing = 'busy' | 'idle' | 'backpressured';

/** How long one executor has done what, in milliseconds since it was made. */
export class ThreadTimes {
  readonly #totals: Record<Doing, number> = { busy: 0, idle: 0, backpressured: 0 };
  #doing: Doing = 'idle';
  #sinceMs: number;

  constructor(nowMs: number) {
    this.#sinceMs = nowMs;
  }

  enter(doing: Doing, nowMs: number): void {
    this.#totals[this.#doing] += nowMs - this.#sinceMs;
    this.#doing = doing;
    this.#sinceMs = nowMs;
  }

  /** In whole milliseconds. */
  totalMs(doing: Doing, nowMs: number): number {
    const present = doing === this.#doing ? nowMs - this.#sinceMs : 0;
    return Math.floor(this.#totals[doing] + present);
  }
}
