/** First in, first out, without moving what is in it. */
export class Queue<Item> {
  #items: (Item | undefined)[] = [];
  #first = 0;

  get size(): number {
    return this.#items.length - this.#first;
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  shift(): Item | undefined {
    const first = this.#first;
    if (first === this.#items.length) return undefined;
    const item = this.#items[first];
    this.#items[first] = undefined;
    this.#first = first + 1;
    if (this.#first === this.#items.length) {
      this.#items.length = 0;
      this.#first = 0;
    } else if (this.#first > 1024 && this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    return item;
  }

  /** The next item; undefined when there is none. */
  peek(): Item | undefined {
    return this.#items[this.#first];
  }

  clear(): void {
    this.#items.length = 0;
    this.#first = 0;
  }
}
