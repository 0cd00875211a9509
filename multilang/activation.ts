import type { Clock } from '../runtime/native/index.ts';
import type { Question, Questions } from './questions.ts';

/** A library that knows `activate` and `deactivate` answers within this time. */
const answerMs = 1_000;

/**
 * Whether a spout's child is told that its topology became active or inactive. Libraries before 1.2
 * know nothing of it: some ignore it, some end.
 */
export class Activation {
  readonly #clock: Clock;
  readonly #questions: Questions;
  #isKnown: boolean | null = null;
  #open: Question | null = null;

  constructor(clock: Clock, questions: Questions) {
    this.#clock = clock;
    this.#questions = questions;
  }

  /** The child has not answered. */
  get isOpen(): boolean {
    return this.#open !== null;
  }

  get mayBeTold(): boolean {
    return this.#isKnown !== false;
  }

  /** The child is told by this question, behind others that it has. */
  onAsked(question: Question): void {
    this.#open = question;
    this.#await(question, this.#questions.first === question);
  }

  onAnswer(question: Question | undefined): void {
    if (question === undefined || question !== this.#open) return;
    this.#open = null;
    this.#isKnown = true;
  }

  /** @returns whether the child ended because it was told, as far as anybody knows */
  onLost(): boolean {
    const isCause = this.#open !== null && this.#isKnown === null;
    if (isCause) this.#isKnown = false;
    this.#open = null;
    return isCause;
  }

  /** @param isFirst nothing else was to be answered before it when the time began */
  #await(question: Question, isFirst: boolean): void {
    this.#clock.after(answerMs, () => {
      if (this.#open !== question) return;
      if (isFirst) this.#isIgnored(question);
      else this.#await(question, this.#questions.first === question);
    });
  }

  #isIgnored(question: Question): void {
    this.#isKnown = false;
    this.#open = null;
    this.#questions.drop(question);
  }
}
