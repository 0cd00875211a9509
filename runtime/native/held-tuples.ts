import type { NativeTuple } from './native-tuple.ts';

/** Tuples that a bolt task has taken and neither acked nor failed, chained to each other. */
export class HeldTuples {
  #first: NativeTuple | null = null;

  add(tuple: NativeTuple): void {
    tuple.holder = this;
    tuple.next = this.#first;
    if (this.#first !== null) this.#first.previous = tuple;
    this.#first = tuple;
  }

  /** False when it is not held, or not any more. */
  remove(tuple: NativeTuple): boolean {
    if (tuple.holder !== this) return false;
    if (tuple.previous === null) this.#first = tuple.next;
    else tuple.previous.next = tuple.next;
    if (tuple.next !== null) tuple.next.previous = tuple.previous;
    tuple.holder = null;
    tuple.previous = null;
    tuple.next = null;
    return true;
  }

  /** All of them; none is held afterwards. */
  takeAll(): readonly NativeTuple[] {
    const all: NativeTuple[] = [];
    for (let tuple = this.#first; tuple !== null; tuple = this.#first) {
      this.remove(tuple);
      all.push(tuple);
    }
    return all;
  }
}
