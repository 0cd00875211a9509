/** More than that is forgotten: nothing waits for counts of followed trees. */
const countsMax = 65_536;

export interface TreeCount {
  readonly task: number;
  readonly high: number;
  readonly low: number;
  readonly component: number;
  tuples: number;
}

/** Counts of followed trees on their way to one peer, added up per root and component. */
export class TreeFold {
  readonly #counts = new Map<string, TreeCount>();

  get isEmpty(): boolean {
    return this.#counts.size === 0;
  }

  add(count: TreeCount): void {
    const key = `${count.task} ${count.high} ${count.low} ${count.component}`;
    const known = this.#counts.get(key);
    if (known !== undefined) known.tuples += count.tuples;
    else if (this.#counts.size < countsMax) this.#counts.set(key, count);
  }

  take(most: number): readonly TreeCount[] {
    const taken: TreeCount[] = [];
    for (const [key, count] of this.#counts) {
      if (taken.length === most) break;
      this.#counts.delete(key);
      if (count.tuples !== 0) taken.push(count);
    }
    return taken;
  }
}
