import { Queue } from '../runtime/native/index.ts';
import {
  type Spout,
  type SpoutCollector,
  type SpoutTask,
  type Streams,
  spout,
  type TopologyContext,
} from '../storm-api/builder/index.ts';
import { Activation } from './activation.ts';
import { AskedAhead, hasStormLibrary } from './asked-ahead.ts';
import { BadMessageError, directTask, type EmitMessage, type ShellMessage } from './message.ts';
import { type Question, Questions } from './questions.ts';
import type { ShellOptions } from './shell-options.ts';
import { ShellTask } from './shell-task.ts';
import { asValues } from './shell-values.ts';

/** Messages that a child may say unasked before its output waits. */
const heldMessagesMax = 1_000;
/** Questions that a child may have; then its spout is told nothing more until it answers. */
const questionsMax = 500;

export interface ShellSpoutOptions extends ShellOptions {
  readonly streams: Streams;
}

/** A spout whose work a subprocess does over Storm's multilang protocol (Storm's ShellSpout). */
export function shellSpout(options: ShellSpoutOptions): Spout<Streams> {
  const { streams } = options;
  return spout<Streams>({
    streams,
    open: (context, collector) => new ShellSpoutTask(options, context, collector),
  });
}

/** What a child called a tuple, and which child that was: another knows nothing of it. */
class ShellMessageId {
  readonly life: number;
  readonly id: unknown;

  constructor(life: number, id: unknown) {
    this.life = life;
    this.id = id;
  }

  toString(): string {
    return String(this.id);
  }
}

/**
 * Asks its child for tuples, a few times ahead when the child is quick, so that it need not wait for
 * us between two answers. What it says in an answer is handled when the executor calls `nextTuple`;
 * acks and fails go to the child as they come.
 */
class ShellSpoutTask extends ShellTask<SpoutCollector<Streams>> implements SpoutTask {
  readonly #ahead: AskedAhead;
  readonly #questions = new Questions();
  readonly #activation: Activation;
  /** What the child said that nobody has asked for yet. */
  readonly #held = new Queue<ShellMessage>();
  /** The executor waits for the end of an answer to `next`. */
  #wanted = false;
  #onEnd: (() => void) | null = null;
  #emitted = 0;
  #answeredMs = 0;

  constructor(
    options: ShellSpoutOptions,
    context: TopologyContext,
    collector: SpoutCollector<Streams>,
  ) {
    super(options, context, collector);
    this.#ahead = new AskedAhead(hasStormLibrary(options.cwd));
    this.#activation = new Activation(options.clock, this.#questions, (command) =>
      this.#ask(command, ''),
    );
    this.keeper.start();
  }

  nextTuple(): Promise<void> | undefined {
    if (!this.keeper.isReady || this.#activation.holdsBack) return undefined;
    this.#wanted = true;
    this.#askForTuples();
    this.#handleHeld();
    if (!this.#wanted) return undefined;
    return new Promise((resolve) => {
      this.#onEnd = resolve;
    });
  }

  activate(): Promise<void> | undefined {
    return this.#setActive(true);
  }

  deactivate(): Promise<void> | undefined {
    return this.#setActive(false);
  }

  ack(messageId: unknown): Promise<void> | undefined {
    return this.#end('ack', messageId);
  }

  fail(messageId: unknown): Promise<void> | undefined {
    return this.#end('fail', messageId);
  }

  async close(): Promise<void> {
    await this.keeper.close();
  }

  protected override get owed(): number {
    return this.#questions.size;
  }

  protected override get mayHearIdsAhead(): boolean {
    return this.#ahead.isProven;
  }

  override onReady(): void {
    super.onReady();
    this.#activation.onReady();
  }

  override onLost(): void {
    super.onLost();
    const { others } = this.#activation;
    if (!this.#activation.onLost() && others > 1) this.#ahead.forbid();
    this.#held.clear();
    this.#questions.clear();
    this.#answer();
    this.#questions.tellFewer();
  }

  override onCheck(): void {
    if (this.isHeldBack) return;
    const owes = this.#questions.size > 0 && this.#mayHandle();
    if (this.signs.check(this.clock.now(), owes) !== 'dead') return;
    this.keeper.end(`gave no answer for ${this.timeoutSecs} s`);
  }

  override onMessage(message: ShellMessage): void {
    if (this.#held.size === 0 && (this.#mayHandle() || this.#isLate(message))) {
      this.#handle(message);
      return;
    }
    this.#held.push(message);
    if (this.#held.size === heldMessagesMax) this.pause('unasked', true);
  }

  #askForTuples(): void {
    const wanted = Math.max(1, Math.min(this.#ahead.questions, this.collector.pendingRoom()));
    for (let asked = this.#questions.nexts; asked < wanted; asked++) this.#ask('next', '');
  }

  /** What became of a tuple interests only the child that emitted it. */
  #end(command: 'ack' | 'fail', messageId: unknown): Promise<void> | undefined {
    if (!(messageId instanceof ShellMessageId) || !this.keeper.isReady) return undefined;
    if (messageId.life !== this.keeper.life) return undefined;
    this.#ask(command, messageId.id);
    if (this.#ahead.isAllowed && this.#questions.size < questionsMax) return undefined;
    return this.#fewerThan(this.#ahead.isAllowed ? questionsMax : 1);
  }

  /** Ends when all that the child has been asked is answered, so also what it was asked ahead. */
  #setActive(isActive: boolean): Promise<void> | undefined {
    this.#activation.setActive(isActive);
    const isDone = this.#questions.size === 0 || this.#activation.mayBeStarting;
    return isDone ? undefined : this.#fewerThan(1);
  }

  /** Meanwhile nothing of what the child says waits for a `nextTuple`. */
  #fewerThan(questions: number): Promise<void> {
    const fewer = this.#questions.fewerThan(questions);
    this.#handleHeld();
    return fewer;
  }

  #ask(command: string, id: unknown): Question {
    // what waits behind others has its time from their answers
    const askedMs = this.#questions.size === 0 ? this.clock.now() : 0;
    if (askedMs !== 0) this.signs.sign(askedMs);
    const question = { isNext: command === 'next', askedMs };
    this.#questions.add(question);
    this.#activation.onOtherAsked();
    this.give(this.keeper.serializer.command(command, id));
    return question;
  }

  /** Whether what comes next belongs to what somebody waits for. */
  #mayHandle(): boolean {
    const { areAwaited, first } = this.#questions;
    return this.#wanted || areAwaited || first?.isNext === false;
  }

  /** Nobody waits for it, and it is not to be taken for another. */
  #isLate({ command }: ShellMessage): boolean {
    return command === 'sync' && this.#activation.mayComeLate;
  }

  #handleHeld(): void {
    const held = this.#held;
    const wasFull = held.size >= heldMessagesMax;
    try {
      while (held.size > 0 && this.#mayHandle()) this.#handle(held.shift() as ShellMessage);
    } catch (error) {
      this.keeper.end(`sent ${error instanceof Error ? error.message : error}`);
      return;
    }
    if (wasFull) this.pause('unasked', held.size >= heldMessagesMax);
  }

  /** @throws BadMessageError for what no spout may say */
  #handle(message: ShellMessage): void {
    switch (message.command) {
      case 'emit':
        this.#emit(message);
        break;
      case 'sync':
        this.#onSync();
        break;
      case 'log':
      case 'error':
      case 'metrics':
        this.hear(message);
        break;
      default:
        throw new BadMessageError(`the command ${message.command}, which no spout has`);
    }
  }

  #emit(message: EmitMessage): void {
    this.emit(message);
    this.#emitted += 1;
    this.#ahead.onEmit(message.needTaskIds);
  }

  protected override send(
    message: EmitMessage,
    foreseen: readonly number[] | undefined,
  ): readonly number[] {
    const { id, stream, tuple } = message;
    const messageId = id === null ? null : new ShellMessageId(this.keeper.life, id);
    const where = { stream, task: directTask(message), foreseen, orNowhere: true, messageId };
    return this.collector.emit(asValues(tuple), where);
  }

  #onSync(): void {
    const question = this.#questions.takeFirst();
    this.#activation.onAnswer(question);
    if (question?.isNext !== false) this.#onAnswer(question);
    this.#questions.tellFewer();
  }

  /** @param question undefined when the child says `sync` unasked */
  #onAnswer(question: Question | undefined): void {
    const nowMs = this.clock.now();
    const sinceMs = Math.max(question?.askedMs ?? nowMs, this.#answeredMs);
    this.#ahead.onAnswer(nowMs - sinceMs, this.#emitted);
    this.#answeredMs = nowMs;
    this.#emitted = 0;
    this.#answer();
  }

  #answer(): void {
    const answered = this.#onEnd;
    this.#wanted = false;
    this.#onEnd = null;
    answered?.();
  }
}
