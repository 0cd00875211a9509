/** A 64-bit edge or XOR of edges, as two 32-bit integers. */
export interface Xor {
  readonly high: number;
  readonly low: number;
}

/** What becomes of a root; called once per root, after it has left the table. */
export interface Outcome<Root> {
  completed(root: Root): void;
  /** A tuple of the tree failed, or the tree took too long. */
  failed(root: Root, timedOut: boolean): void;
}

interface Slot<Root> {
  readonly root: Root;
  high: number;
  low: number;
}

/**
 * The tuple trees that one spout executor waits for. Pure: no clock. A root is named by a sequence
 * number that is never used again in one life of the executor, so a delta that is late or repeated
 * finds nothing and is dropped.
 */
export class PendingTable<Root> {
  readonly #outcome: Outcome<Root>;
  /** In the order of their emits, as a Map keeps it. */
  readonly #slots = new Map<number, Slot<Root>>();
  #withoutEdges: number[] = [];
  #lastSequence = 0;
  /** Sequences up to here were given before the last rotation. */
  #olderUpTo = 0;

  constructor(outcome: Outcome<Root>) {
    this.#outcome = outcome;
  }

  get size(): number {
    return this.#slots.size;
  }

  /** Names the next tree; `put` must follow before any of its tuples is published. */
  nextSequence(): number {
    this.#lastSequence += 1;
    return this.#lastSequence;
  }

  /** Registers a tree. @param edges how many tuples it has; none completes at the next `settle` */
  put(sequence: number, root: Root, { high, low }: Xor, edges: number): void {
    this.#slots.set(sequence, { root, high, low });
    if (edges === 0) this.#withoutEdges.push(sequence);
  }

  /** XORs a delta into a tree; zero completes it. */
  apply(sequence: number, high: number, low: number): void {
    const slot = this.#slots.get(sequence);
    if (slot === undefined) return;
    slot.high ^= high;
    slot.low ^= low;
    if (slot.high !== 0 || slot.low !== 0) return;
    this.#slots.delete(sequence);
    this.#outcome.completed(slot.root);
  }

  fail(sequence: number): void {
    this.#end(sequence, false);
  }

  /** Completes the trees that had no tuple at all. */
  settle(): void {
    const settled = this.#withoutEdges;
    this.#withoutEdges = [];
    for (const sequence of settled) this.apply(sequence, 0, 0);
  }

  get hasUnsettled(): boolean {
    return this.#withoutEdges.length > 0;
  }

  /**
   * Storm's RotatingMap of two buckets: fails what was there at the last rotation already. Called
   * every message timeout T, so a tree fails between T and 2T after its emit.
   */
  rotate(): void {
    const expired = this.#olderUpTo;
    this.#olderUpTo = this.#lastSequence;
    const old = [...this.#slots.keys()].filter((sequence) => sequence <= expired);
    for (const sequence of old) this.#end(sequence, true);
  }

  #end(sequence: number, timedOut: boolean): void {
    const slot = this.#slots.get(sequence);
    if (slot === undefined) return;
    this.#slots.delete(sequence);
    this.#outcome.failed(slot.root, timedOut);
  }
}
