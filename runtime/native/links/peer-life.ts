import { isOlderIncarnation } from '../root.ts';

const firstDelayMs = 10;
const lastDelayMs = 500;
/** For a peer that refuses us: only a human or a new process can change that. */
const refusedDelayMs = 2_000;

/**
 * The life of the way to one peer: when to try to connect, and what becomes of tuples meanwhile.
 * Pure: no socket, no clock. A peer that is away is not full: its tuples are held back for a grace,
 * in which it usually comes back, and dropped after it, so that one dead worker does not stop its
 * siblings for ever. One that comes back only to die again does not start a new grace, unless it
 * stayed for as long as one.
 */
export class PeerLife {
  readonly #graceMs: number;
  #isUp = false;
  /** Of the peer when it was last connected; 0 before that. */
  #lastIncarnation = 0;
  #awaySinceMs: number;
  #upSinceMs = 0;
  #delayMs = firstDelayMs;

  constructor(nowMs: number, graceMs: number) {
    this.#graceMs = graceMs;
    this.#awaySinceMs = nowMs;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Whether tuples for the peer are to be dropped. */
  drops(nowMs: number): boolean {
    return !this.#isUp && nowMs - this.#awaySinceMs >= this.#graceMs;
  }

  /**
   * Whether a delta may be dropped: its root died with the life of the peer that gave it. A root of
   * a life that this link has not met yet shows that the peer is back, however long it was away.
   */
  dropsDelta(rootIncarnation: number, nowMs: number): boolean {
    return (
      this.#lastIncarnation !== 0 &&
      this.drops(nowMs) &&
      !isOlderIncarnation(this.#lastIncarnation, rootIncarnation)
    );
  }

  connected(nowMs: number, incarnation: number): void {
    this.#lastIncarnation = incarnation;
    this.#upSinceMs = nowMs;
    this.#delayMs = firstDelayMs;
    this.#isUp = true;
  }

  /** The connection ended, or never was one. @returns milliseconds until the next attempt */
  ended(nowMs: number, refused: boolean): number {
    if (this.#isUp) {
      if (nowMs - this.#upSinceMs >= this.#graceMs) this.#awaySinceMs = nowMs;
      this.#isUp = false;
      return this.#delayMs;
    }
    if (refused) return refusedDelayMs;
    const delayMs = this.#delayMs;
    this.#delayMs = Math.min(lastDelayMs, delayMs * 2);
    return delayMs;
  }
}
