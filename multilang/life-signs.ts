/** What to do about a child that is silent. */
export type Verdict = 'fine' | 'ask' | 'dead';

const checkedLateMs = 2_000;

/**
 * Decides from signs of life whether a child that owes something hangs. Pure: time is passed in, in
 * milliseconds. Whatever a child says is a sign, and so is that it takes what was written to it; the
 * time in which we ourselves were busy is not held against it.
 */
export class LifeSigns {
  readonly #timeoutMs: number;
  #lastSignMs: number;
  #lastCheckMs: number;

  constructor(timeoutMs: number, nowMs: number) {
    this.#timeoutMs = timeoutMs;
    this.#lastSignMs = nowMs;
    this.#lastCheckMs = nowMs;
  }

  sign(nowMs: number): void {
    this.#lastSignMs = nowMs;
  }

  /** To be called about every second. @param owes whether the child is to say something at all */
  check(nowMs: number, owes: boolean): Verdict {
    const lateMs = nowMs - this.#lastCheckMs;
    this.#lastCheckMs = nowMs;
    if (lateMs > checkedLateMs) this.#lastSignMs += lateMs;
    if (!owes) this.#lastSignMs = nowMs;
    const silentMs = nowMs - this.#lastSignMs;
    if (silentMs > this.#timeoutMs) return 'dead';
    return silentMs * 3 > this.#timeoutMs ? 'ask' : 'fine';
  }
}
