import type { Clock } from '../runtime/native/index.ts';
import type { Question, Questions } from './questions.ts';

/** A library that knows `activate` and `deactivate`, and has begun to answer, answers within this time. */
const answerMs = 1_000;

type Command = 'activate' | 'deactivate';

/**
 * Tells a spout's child that its topology became active or inactive. Libraries before 1.2 know nothing
 * of it: some ignore it, some end. Which kind it is, only a child can show that has answered before:
 * libraries tell their process id first, and then the user's `initialize` may take long, or fail.
 */
export class Activation {
  readonly #clock: Clock;
  readonly #questions: Questions;
  readonly #ask: (command: Command) => Question;
  #isActive = false;
  #isKnown: boolean | null = null;
  /** Its predecessor ended with the question, before it had answered anything. */
  #comesLater = false;
  /** Of this child: it has read the handshake, and answered something. */
  #isThere = false;
  #hasAnswered = false;
  /** What it was told last. */
  #told = false;
  #open: Question | null = null;
  #wait = 0;
  /** It is silent, so the question waits behind others: which of them it answers shows what it knows. */
  #isPatient = false;
  #gaveUp = false;

  /** @param ask puts a question behind those that the child has */
  constructor(clock: Clock, questions: Questions, ask: (command: Command) => Question) {
    this.#clock = clock;
    this.#questions = questions;
    this.#ask = ask;
  }

  /** Nothing is to be asked before the child has answered. */
  get holdsBack(): boolean {
    return this.#open !== null && !this.#isPatient;
  }

  /** What the child has been asked beside that. */
  get others(): number {
    return this.#questions.size - (this.#open === null ? 0 : 1);
  }

  /** The child may still be in its `initialize`: nothing is to wait for what it answers. */
  get mayBeStarting(): boolean {
    return !this.#hasAnswered;
  }

  /** An answer to no question is the one that was not waited for. */
  get mayComeLate(): boolean {
    return this.#gaveUp && this.#questions.size === 0;
  }

  setActive(isActive: boolean): void {
    this.#isActive = isActive;
    this.#tell();
  }

  onReady(): void {
    this.#isThere = true;
    this.#tell();
  }

  /** Another question was asked: its answer is sure to come, so what comes first is taken for it. */
  onOtherAsked(): void {
    if (this.#open !== null && this.#isKnown === null) this.#questions.moveLast(this.#open);
  }

  /** @param question undefined when the child was asked none */
  onAnswer(question: Question | undefined): void {
    this.#hasAnswered = true;
    this.#isPatient = false;
    if (question === undefined ? this.#gaveUp : question === this.#open) {
      this.#open = null;
      this.#gaveUp = false;
      this.#isKnown = true;
    }
    if (this.#open === null) this.#tell();
    else if (this.#open === this.#questions.first) this.#await(this.#open);
  }

  /** @returns whether the child ended because it was told, as far as anybody knows */
  onLost(): boolean {
    const isOpen = this.#open !== null && this.#isKnown === null;
    const isCause = isOpen && this.#hasAnswered;
    if (isCause) this.#isKnown = false;
    this.#comesLater = isOpen && !this.#hasAnswered;
    this.#isThere = false;
    this.#hasAnswered = false;
    this.#told = false;
    this.#open = null;
    this.#isPatient = false;
    this.#gaveUp = false;
    return isCause;
  }

  #tell(): void {
    if (!this.#isThere || this.#open !== null || this.#told === this.#isActive) return;
    if (this.#isKnown === false || (this.#comesLater && !this.#hasAnswered)) return;
    this.#told = this.#isActive;
    this.#open = this.#ask(this.#isActive ? 'activate' : 'deactivate');
    this.#await(this.#open);
  }

  /** A library that is known to answer has the time that any other answer has. */
  #await(question: Question): void {
    this.#wait += 1;
    const wait = this.#wait;
    const shows = this.#hasAnswered && this.#questions.first === question;
    this.#clock.after(answerMs, () => {
      if (wait !== this.#wait || question !== this.#open || this.#isKnown === true) return;
      if (shows) {
        this.#giveUp(question);
        return;
      }
      this.#isPatient = !this.#hasAnswered;
      this.#await(question);
    });
  }

  #giveUp(question: Question): void {
    this.#isKnown = false;
    this.#gaveUp = true;
    this.#open = null;
    this.#questions.drop(question);
  }
}
