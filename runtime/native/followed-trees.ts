import type { TimedOutTrees } from '../wire/index.ts';
import { sequenceOf } from './root.ts';

const tokenMs = 1;
const tokensMax = 64;
/** With fewer tokens than that the spout is busy, and only one emit in so many is followed. */
const tokensOfAQuietSpout = 32;
const busyPicksOneIn = 16;
const liveMax = 4096;

/**
 * Where the trees of one spout executor die. Some trees are followed: for these every tuple created
 * or acked is counted by component, and what is left when the tree times out is what had not been
 * acked. A quiet spout's trees are all followed; of a busy one's about a thousand a second, so that
 * most of its tuples cost nothing more.
 */
export class FollowedTrees {
  readonly #components: readonly string[];
  /** By the sequence of a live followed root, its tuples by component. */
  readonly #tuples = new Map<number, Int32Array>();
  readonly #held: Float64Array;
  #tokens = tokensMax;
  #lastTokenMs: number;
  #picks = 0;
  #trees = 0;
  #followed = 0;

  /** @param components by their place in the plan */
  constructor(components: readonly string[], nowMs: number) {
    this.#components = components;
    this.#held = new Float64Array(components.length);
    this.#lastTokenMs = nowMs;
  }

  /** To be called now and then: time makes room for more. */
  onTime(nowMs: number): void {
    const tokens = Math.floor((nowMs - this.#lastTokenMs) / tokenMs);
    if (tokens <= 0) return;
    this.#tokens = Math.min(tokensMax, this.#tokens + tokens);
    this.#lastTokenMs = nowMs;
  }

  /** Whether the next tree is to be followed. */
  pick(): boolean {
    if (this.#tokens === 0 || this.#tuples.size >= liveMax) return false;
    if (this.#tokens < tokensOfAQuietSpout && !this.#pickOfABusySpout()) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Before any tuple of the tree is published. */
  begin(high: number, low: number): void {
    this.#tuples.set(sequenceOf(high, low), new Int32Array(this.#components.length));
  }

  /** A tree that is not known any more is past counting. */
  add(high: number, low: number, component: number, tuples: number): void {
    const counts = this.#tuples.get(sequenceOf(high, low));
    const before = counts?.[component];
    if (counts !== undefined && before !== undefined) counts[component] = before + tuples;
  }

  /** The tree takes too long; called for those that are not followed too. */
  onTimeout(high: number, low: number): void {
    const counts = this.#tuples.get(sequenceOf(high, low));
    this.#trees += 1;
    this.#followed += counts === undefined ? 0 : 1;
    counts?.forEach((left, component) => {
      this.#held[component] = (this.#held[component] ?? 0) + Math.max(0, left);
    });
  }

  end(high: number, low: number): void {
    this.#tuples.delete(sequenceOf(high, low));
  }

  /** Since the start. */
  timedOut(): TimedOutTrees {
    const holders = this.#components.flatMap((component, index) => {
      const tuples = this.#held[index] ?? 0;
      return tuples > 0 ? [{ component, tuples }] : [];
    });
    return { trees: this.#trees, followed: this.#followed, holders };
  }

  /** An even spread over the emits, so that no period of the topology's own is hit or missed. */
  #pickOfABusySpout(): boolean {
    this.#picks = (this.#picks + 0x9e3779b9) | 0;
    return (Math.imul(this.#picks ^ (this.#picks >>> 15), 0x85ebca6b) >>> 8) % busyPicksOneIn === 0;
  }
}
