/** One tuple of a counting bolt: the word and how often it came so far. */
export interface WordCount {
  readonly task: number;
  readonly word: string;
  readonly count: number;
}

/** The latest count of each word, and whether the counts came one by one. */
export class WordCounts {
  readonly #latest = new Map<string, WordCount>();
  #tuples = 0;
  #problem: string | null = null;

  /** The first count seen of a word may be any: the bolt was counting before we looked. */
  add(next: WordCount): void {
    const { task, word, count } = next;
    const before = this.#latest.get(word);
    this.#latest.set(word, next);
    this.#tuples += 1;
    if (before === undefined || this.#problem !== null) return;
    if (before.task !== task) {
      this.#problem = `"${word}" was counted by task ${before.task} and by task ${task}`;
    } else if (count !== before.count + 1) {
      this.#problem = `"${word}" went from ${before.count} to ${count}`;
    }
  }

  get tuples(): number {
    return this.#tuples;
  }

  get words(): number {
    return this.#latest.size;
  }

  /** The first count that was not one more than the last; null when there is none. */
  get problem(): string | null {
    return this.#problem;
  }

  top(length: number): readonly WordCount[] {
    return [...this.#latest.values()]
      .sort((left, right) => right.count - left.count)
      .slice(0, length);
  }
}
