/** Something that a spout's child answers by a `sync`. */
export interface Question {
  /** Only the answer to `next` waits until the executor asks for it. */
  readonly isNext: boolean;
  /** 0 when others were open. */
  readonly askedMs: number;
}

/** What a child has been asked and has not answered, in order. */
export class Questions {
  #open: Question[] = [];
  #nexts = 0;
  /** Called when fewer are open than that. */
  #fewerAt = 0;
  #onFewer: (() => void) | null = null;

  get size(): number {
    return this.#open.length;
  }

  /** Those that ask for tuples. */
  get nexts(): number {
    return this.#nexts;
  }

  get first(): Question | undefined {
    return this.#open[0];
  }

  /** Somebody waits until the child has answered. */
  get areAwaited(): boolean {
    return this.#onFewer !== null;
  }

  add(question: Question): void {
    this.#open.push(question);
    if (question.isNext) this.#nexts += 1;
  }

  /** The child has answered the first; undefined when it was not asked. `tellFewer` is to follow. */
  takeFirst(): Question | undefined {
    const question = this.#open.shift();
    if (question?.isNext) this.#nexts -= 1;
    return question;
  }

  /** One that is open is taken to be answered after all others. */
  moveLast(question: Question): void {
    this.#open = [...this.#open.filter((each) => each !== question), question];
  }

  /** One that will not be answered; none that asks for tuples. */
  drop(question: Question): void {
    this.#open = this.#open.filter((each) => each !== question);
    this.tellFewer();
  }

  /** The child is gone. `tellFewer` is to follow. */
  clear(): void {
    this.#open = [];
    this.#nexts = 0;
  }

  /** Resolves when fewer are open. One waits at a time. */
  fewerThan(questions: number): Promise<void> {
    return new Promise((resolve) => {
      this.#fewerAt = questions;
      this.#onFewer = resolve;
    });
  }

  tellFewer(): void {
    if (this.#open.length >= this.#fewerAt) return;
    const onFewer = this.#onFewer;
    this.#onFewer = null;
    onFewer?.();
  }
}
