import { followedBit, isFollowed, isLater, nextSequence, rootHigh, sequenceOf } from './root.ts';

/** What becomes of a tree; called once per tree, after it has left the table. */
export interface Outcome {
  /** @param stampMs as given to `put` */
  completed(task: number, stream: number, messageId: unknown, stampMs: number): void;
  /** A tuple of the tree failed, or the tree took too long. */
  failed(task: number, stream: number, messageId: unknown, stampMs: number): void;
  /** The tree takes too long; `failed` follows. */
  onTimeout(high: number, low: number): void;
  /** A followed tree has left the table, whatever became of it. */
  followedEnded(high: number, low: number): void;
}

/** One tree to be registered. */
export interface NewTree {
  /** XOR of the edges of all its first tuples. */
  readonly xorHigh: number;
  readonly xorLow: number;
  /** How many these are; a tree of none completes with the next `settle`. */
  readonly edges: number;
  readonly task: number;
  readonly stream: number;
  readonly messageId: unknown;
  /** When it was emitted; 0 when its latency is not sampled. */
  readonly stampMs: number;
}

/**
 * The tuple trees that one spout executor waits for. Pure: no clock. The slot of a root is its
 * sequence modulo the table's length; it holds the whole root, so a delta that is late, repeated or
 * of another incarnation matches nothing and is dropped. A sequence number whose slot is taken by an
 * older tree is skipped, so one tree that never ends costs one slot. The rules are in
 * docs/progress.md.
 */
export class PendingTable {
  /** The root that `nextRoot` has named. */
  rootHigh = 0;
  rootLow = 0;
  readonly #incarnation: number;
  readonly #outcome: Outcome;
  #highs: Int32Array;
  #lows: Int32Array;
  #xorHighs: Int32Array;
  #xorLows: Int32Array;
  #tasks: Int32Array;
  #streams: Int32Array;
  #stampsMs: Float64Array;
  #messageIds: unknown[];
  #withoutEdges: { readonly high: number; readonly low: number }[] = [];
  #live = 0;
  #lastSequence: number;
  /** Sequences up to here were given before the last rotation. */
  #olderUpTo: number;

  /** @param capacity to begin with; a power of two. @param lastSequence the first tree comes after it */
  constructor(incarnation: number, outcome: Outcome, capacity = 1024, lastSequence = 0) {
    this.#incarnation = incarnation;
    this.#outcome = outcome;
    this.#lastSequence = lastSequence;
    this.#olderUpTo = lastSequence;
    this.#highs = new Int32Array(capacity);
    this.#lows = new Int32Array(capacity);
    this.#xorHighs = new Int32Array(capacity);
    this.#xorLows = new Int32Array(capacity);
    this.#tasks = new Int32Array(capacity);
    this.#streams = new Int32Array(capacity);
    this.#stampsMs = new Float64Array(capacity);
    this.#messageIds = new Array<unknown>(capacity).fill(undefined);
  }

  get size(): number {
    return this.#live;
  }

  /** Names the next tree; `put` must follow before any of its tuples is published. */
  nextRoot(followed: boolean): void {
    if (this.#live * 2 >= this.#highs.length) this.#grow();
    const mask = this.#highs.length - 1;
    let sequence = this.#lastSequence;
    do sequence = nextSequence(sequence);
    while (this.#highs[(sequence | 0) & mask] !== 0);
    this.#lastSequence = sequence;
    this.rootHigh = rootHigh(this.#incarnation, sequence) | (followed ? followedBit : 0);
    this.rootLow = sequence | 0;
  }

  /** Registers the tree that was named last. */
  put(tree: NewTree): void {
    const slot = this.rootLow & (this.#highs.length - 1);
    this.#highs[slot] = this.rootHigh;
    this.#lows[slot] = this.rootLow;
    this.#xorHighs[slot] = tree.xorHigh;
    this.#xorLows[slot] = tree.xorLow;
    this.#tasks[slot] = tree.task;
    this.#streams[slot] = tree.stream;
    this.#stampsMs[slot] = tree.stampMs;
    this.#messageIds[slot] = tree.messageId;
    this.#live += 1;
    if (tree.edges === 0) this.#withoutEdges.push({ high: this.rootHigh, low: this.rootLow });
  }

  /** XORs a delta into its tree; zero completes it. One that names no live tree is dropped. */
  apply(high: number, low: number, xorHigh: number, xorLow: number): void {
    const slot = this.#slotOf(high, low);
    if (slot === -1) return;
    const newHigh = (this.#xorHighs[slot] as number) ^ xorHigh;
    const newLow = (this.#xorLows[slot] as number) ^ xorLow;
    this.#xorHighs[slot] = newHigh;
    this.#xorLows[slot] = newLow;
    if (newHigh === 0 && newLow === 0) this.#finish(slot, true);
  }

  fail(high: number, low: number): void {
    const slot = this.#slotOf(high, low);
    if (slot !== -1) this.#finish(slot, false);
  }

  /** Whether `settle` has something to do. */
  get hasUnsettled(): boolean {
    return this.#withoutEdges.length > 0;
  }

  /** Completes the trees that had no tuple at all. */
  settle(): void {
    if (this.#withoutEdges.length === 0) return;
    const settled = this.#withoutEdges;
    this.#withoutEdges = [];
    for (const { high, low } of settled) this.apply(high, low, 0, 0);
  }

  /**
   * Storm's RotatingMap of two buckets: fails what was there at the last rotation already. Called
   * every message timeout T, so a tree fails between T and 2T after its emit.
   */
  rotate(): void {
    const expired = this.#olderUpTo;
    this.#olderUpTo = this.#lastSequence;
    for (const { high, low } of this.#olderThan(expired)) {
      this.#outcome.onTimeout(high, low);
      this.fail(high, low);
    }
  }

  /** Forgets every tree; what still comes for them finds nothing, as no number is given twice. */
  clear(): void {
    for (let slot = 0; slot < this.#highs.length; slot++) {
      const high = this.#highs[slot] as number;
      if (isFollowed(high)) this.#outcome.followedEnded(high, this.#lows[slot] as number);
    }
    this.#highs.fill(0);
    this.#messageIds.fill(undefined);
    this.#withoutEdges = [];
    this.#live = 0;
  }

  #slotOf(high: number, low: number): number {
    const slot = low & (this.#highs.length - 1);
    return high !== 0 && this.#highs[slot] === high && this.#lows[slot] === low ? slot : -1;
  }

  /** In the order of their sequence; collected first, because a callback may emit. */
  #olderThan(sequence: number) {
    const roots = Array.from(this.#highs, (high, slot) => ({ high, low: this.#lows[slot] ?? 0 }));
    const given = ({ high, low }: { high: number; low: number }) => sequenceOf(high, low);
    return roots
      .filter((root) => root.high !== 0 && !isLater(given(root), sequence))
      .sort((a, b) => given(a) - given(b));
  }

  #finish(slot: number, completed: boolean): void {
    const high = this.#highs[slot] as number;
    if (isFollowed(high)) this.#outcome.followedEnded(high, this.#lows[slot] as number);
    const messageId = this.#messageIds[slot];
    this.#highs[slot] = 0;
    this.#messageIds[slot] = undefined;
    this.#live -= 1;
    const task = this.#tasks[slot] as number;
    const stream = this.#streams[slot] as number;
    const stampMs = this.#stampsMs[slot] as number;
    if (completed) this.#outcome.completed(task, stream, messageId, stampMs);
    else this.#outcome.failed(task, stream, messageId, stampMs);
  }

  /** Roots with different slots keep different slots when the length doubles. */
  #grow(): void {
    const length = this.#highs.length;
    const lows = this.#lows;
    const isLive = this.#highs;
    const move = <List extends Int32Array | Float64Array>(from: List, to: List): List => {
      for (let slot = 0; slot < length; slot++) {
        if (isLive[slot] !== 0)
          to[(lows[slot] as number) & (2 * length - 1)] = from[slot] as number;
      }
      return to;
    };
    const messageIds = new Array<unknown>(2 * length).fill(undefined);
    for (let slot = 0; slot < length; slot++) {
      const to = (lows[slot] as number) & (2 * length - 1);
      if (isLive[slot] !== 0) messageIds[to] = this.#messageIds[slot];
    }
    this.#messageIds = messageIds;
    this.#xorHighs = move(this.#xorHighs, new Int32Array(2 * length));
    this.#xorLows = move(this.#xorLows, new Int32Array(2 * length));
    this.#tasks = move(this.#tasks, new Int32Array(2 * length));
    this.#streams = move(this.#streams, new Int32Array(2 * length));
    this.#stampsMs = move(this.#stampsMs, new Float64Array(2 * length));
    const newHighs = move(this.#highs, new Int32Array(2 * length));
    this.#lows = move(this.#lows, new Int32Array(2 * length));
    this.#highs = newHighs;
  }
}
