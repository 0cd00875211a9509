import type { Clock } from '../../runtime/native/index.ts';

const repeatMs = 30_000;

/** Tells of what goes wrong: at once, and again from time to time while it goes on. */
export class Complaints {
  readonly #clock: Clock;
  readonly #report: (error: Error) => void;
  /** When each was told last. */
  readonly #toldMs = new Map<string, number>();

  constructor(clock: Clock, report: (error: Error) => void) {
    this.#clock = clock;
    this.#report = report;
  }

  /** Of something that goes on, under a name. */
  ongoing(what: string, sentence: string): void {
    const nowMs = this.#clock.now();
    const toldMs = this.#toldMs.get(what);
    if (toldMs !== undefined && nowMs - toldMs < repeatMs) return;
    this.#toldMs.set(what, nowMs);
    this.once(sentence);
  }

  /** It goes on no longer. */
  over(what: string): void {
    if (this.#toldMs.size > 0) this.#toldMs.delete(what);
  }

  once(sentence: string): void {
    this.#report(new Error(sentence));
  }
}
