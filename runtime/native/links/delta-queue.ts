import { incarnationOf, isOlderIncarnation } from '../root.ts';
import type { Delta } from './data-frames.ts';

const unfoldedMax = 4096;

/**
 * Progress deltas on their way to one peer. Those that wait for long are folded per root: values by
 * XOR, and a fail among them makes a fail of all; so what waits is bounded by the roots that live.
 */
export class DeltaQueue {
  readonly #unfoldedMax: number;
  #deltas: Delta[] = [];
  readonly #folded = new Map<string, Delta>();

  /** @param unfolded how many may wait before they are folded */
  constructor(unfolded = unfoldedMax) {
    this.#unfoldedMax = unfolded;
  }

  get isEmpty(): boolean {
    return this.#deltas.length === 0 && this.#folded.size === 0;
  }

  put(delta: Delta): void {
    if (this.#folded.size === 0 && this.#deltas.length < this.#unfoldedMax) {
      this.#deltas.push(delta);
      return;
    }
    const key = `${delta.task} ${delta.high} ${delta.low}`;
    const known = this.#folded.get(key);
    if (known === undefined) {
      this.#folded.set(key, delta);
      return;
    }
    known.xorHigh ^= delta.xorHigh;
    known.xorLow ^= delta.xorLow;
    known.failed ||= delta.failed;
  }

  /**
   * Takes out some for a life of the peer; those for earlier lives are dropped, their roots died
   * with these.
   * @returns null when one is for a later life: the connection leads nowhere any more
   */
  take(incarnation: number, most: number): readonly Delta[] | null {
    this.#unfold(most);
    const candidates = this.#deltas.slice(0, most);
    const taken: Delta[] = [];
    for (const delta of candidates) {
      const life = incarnationOf(delta.high);
      if (life === incarnation) taken.push(delta);
      else if (!isOlderIncarnation(life, incarnation)) return null;
    }
    this.#deltas = this.#deltas.slice(candidates.length);
    return taken;
  }

  /** Drops those whose root's life is over. */
  drop(isOver: (incarnation: number) => boolean): void {
    const stays = ({ high }: Delta) => !isOver(incarnationOf(high));
    this.#deltas = this.#deltas.filter(stays);
    for (const [key, delta] of this.#folded) if (!stays(delta)) this.#folded.delete(key);
  }

  #unfold(most: number): void {
    for (const [key, delta] of this.#folded) {
      if (this.#deltas.length >= most) return;
      this.#deltas.push(delta);
      this.#folded.delete(key);
    }
  }
}
