import {
  type Spout,
  type SpoutCollector,
  type SpoutTask,
  type Streams,
  spout,
  type TopologyContext,
} from '../storm-api/builder/index.ts';
import { AskedAhead, hasStormLibrary } from './asked-ahead.ts';
import { ChildKeeper, type ChildOwner, ShellProcessError } from './child-keeper.ts';
import { BadMessageError } from './frame-scanner.ts';
import { LifeSigns } from './life-signs.ts';
import type { EmitMessage, ShellMessage } from './message.ts';
import type { ShellOptions } from './shell-options.ts';
import { asValues, subprocessTimeoutMs } from './shell-values.ts';

/** Messages that a child may say unasked before its output waits. */
const heldMessagesMax = 1_000;
/** A library that knows `activate` and `deactivate` answers within this time. */
const activationMs = 1_000;
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

/** What the child has been asked and has not answered by a `sync`. */
interface Question {
  /** Only the answer to `next` waits until the executor asks for it. */
  readonly isNext: boolean;
  readonly askedMs: number;
}

type Hears = 'yes' | 'no' | 'unknown';

/**
 * Asks its child for tuples, a few times ahead when the child is quick, so that it need not wait for
 * us between two answers. What it says in an answer is handled when the executor calls `nextTuple`;
 * acks and fails go to the child as they come.
 */
class ShellSpoutTask implements SpoutTask, ChildOwner {
  readonly #collector: SpoutCollector<Streams>;
  readonly #keeper: ChildKeeper;
  readonly #timeoutMs: number;
  readonly #clock: ShellSpoutOptions['clock'];
  readonly #ahead: AskedAhead;
  #questions: Question[] = [];
  /** What the child said that nobody has asked for yet. */
  #held: ShellMessage[] = [];
  /** The executor waits for the end of an answer to `next`. */
  #wanted = false;
  #onEnd: (() => void) | null = null;
  /** Called when the child has fewer questions than that. */
  #fewerAt = 0;
  #onFewer: (() => void) | null = null;
  #emitted = 0;
  #answeredMs = 0;
  #isActive = false;
  /** Libraries before 1.2 know no `activate`; some ignore it and some end. */
  #hearsActivation: Hears = 'unknown';
  /** The child has not answered whether it was told that it is active. */
  #activation: Question | null = null;
  #signs: LifeSigns;

  constructor(
    options: ShellSpoutOptions,
    context: TopologyContext,
    collector: SpoutCollector<Streams>,
  ) {
    this.#collector = collector;
    this.#clock = options.clock;
    this.#ahead = new AskedAhead(hasStormLibrary(options.cwd));
    this.#timeoutMs = subprocessTimeoutMs(context.config);
    this.#signs = new LifeSigns(this.#timeoutMs, this.#now());
    this.#keeper = new ChildKeeper(options, context, this);
    this.#keeper.start();
  }

  nextTuple(): Promise<void> | undefined {
    if (!this.#keeper.isReady || this.#activation !== null) return undefined;
    this.#wanted = true;
    this.#askForTuples();
    this.#handleHeld();
    if (!this.#wanted) return undefined;
    return new Promise((resolve) => {
      this.#onEnd = resolve;
    });
  }

  activate(): Promise<void> | undefined {
    this.#isActive = true;
    return this.#tellActivation('activate');
  }

  deactivate(): Promise<void> | undefined {
    this.#isActive = false;
    return this.#tellActivation('deactivate');
  }

  ack(messageId: unknown): Promise<void> | undefined {
    return this.#end('ack', messageId);
  }

  fail(messageId: unknown): Promise<void> | undefined {
    return this.#end('fail', messageId);
  }

  async close(): Promise<void> {
    await this.#keeper.close();
  }

  reportError(error: Error): void {
    this.#collector.reportError(error);
  }

  onReady(): void {
    this.#signs = new LifeSigns(this.#timeoutMs, this.#now());
    if (this.#isActive) void this.#tellActivation('activate');
  }

  onTaken(): void {
    this.#signs.sign(this.#now());
  }

  onLost(): void {
    if (this.#activation !== null && this.#hearsActivation === 'unknown') {
      this.#hearsActivation = 'no';
    } else if (this.#questions.length > 1) this.#ahead.forbid();
    this.#activation = null;
    this.#held = [];
    this.#questions = [];
    this.#answer();
    this.#fewer();
  }

  onCheck(): void {
    const owes = this.#questions.length > 0 && this.#mayHandle();
    if (this.#signs.check(this.#now(), owes) !== 'dead') return;
    this.#keeper.end(`gave no answer for ${this.#timeoutMs / 1000} s`);
  }

  onMessage(message: ShellMessage): void {
    this.#signs.sign(this.#now());
    if (this.#held.length === 0 && this.#mayHandle()) {
      this.#handle(message);
      return;
    }
    this.#held.push(message);
    if (this.#held.length === heldMessagesMax) this.#keeper.pause(true);
  }

  #now(): number {
    return this.#clock.now();
  }

  #askForTuples(): void {
    const asked = this.#questions.reduce((sum, { isNext }) => sum + (isNext ? 1 : 0), 0);
    const wanted = Math.max(1, Math.min(this.#ahead.questions, this.#collector.pendingRoom()));
    for (let more = asked; more < wanted; more++) this.#ask('next', '');
  }

  /** What became of a tuple interests only the child that emitted it. */
  #end(command: 'ack' | 'fail', messageId: unknown): Promise<void> | undefined {
    if (!(messageId instanceof ShellMessageId) || !this.#keeper.isReady) return undefined;
    if (messageId.life !== this.#keeper.life) return undefined;
    this.#ask(command, messageId.id);
    if (this.#ahead.isAllowed && this.#questions.length < questionsMax) return undefined;
    return this.#fewerThan(this.#ahead.isAllowed ? questionsMax : 1);
  }

  /** Ends when all that the child has been asked is answered, so also what it was asked ahead. */
  #tellActivation(command: 'activate' | 'deactivate'): Promise<void> | undefined {
    if (!this.#keeper.isReady) return undefined;
    if (this.#hearsActivation !== 'no') {
      this.#activation = this.#ask(command, '');
      this.#awaitActivation(this.#activation, this.#questions.length === 1);
    }
    return this.#questions.length === 0 ? undefined : this.#fewerThan(1);
  }

  #awaitActivation(question: Question, isNext: boolean): void {
    this.#clock.after(activationMs, () => {
      if (this.#activation !== question) return;
      if (isNext) this.#ignoresActivation();
      else this.#awaitActivation(question, this.#questions[0] === question);
    });
  }

  #ignoresActivation(): void {
    this.#hearsActivation = 'no';
    this.#questions = this.#questions.filter((question) => question !== this.#activation);
    this.#activation = null;
    this.#fewer();
  }

  /** Meanwhile nothing of what the child says waits for a `nextTuple`. */
  #fewerThan(questions: number): Promise<void> {
    const fewer = new Promise<void>((resolve) => {
      this.#fewerAt = questions;
      this.#onFewer = resolve;
    });
    this.#handleHeld();
    return fewer;
  }

  #ask(command: string, id: unknown): Question {
    const nowMs = this.#now();
    if (this.#questions.length === 0) this.#signs.sign(nowMs);
    const question = { isNext: command === 'next', askedMs: nowMs };
    this.#questions.push(question);
    this.#keeper.write(this.#keeper.serializer.command(command, id));
    return question;
  }

  /** Whether what comes next belongs to what somebody waits for. */
  #mayHandle(): boolean {
    return this.#wanted || this.#onFewer !== null || this.#questions[0]?.isNext === false;
  }

  #handleHeld(): void {
    const held = this.#held;
    if (held.length === 0) return;
    let handled = 0;
    try {
      while (handled < held.length && this.#mayHandle()) {
        this.#handle(held[handled++] as ShellMessage);
      }
    } catch (error) {
      this.#keeper.end(`sent ${error instanceof Error ? error.message : error}`);
      return;
    }
    this.#held = held.slice(handled);
    if (held.length >= heldMessagesMax) this.#keeper.pause(this.#held.length >= heldMessagesMax);
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
        this.#keeper.tell(message.level, message.text);
        break;
      case 'error':
        this.#report(`Shell Process Exception: ${message.text}`);
        break;
      case 'metrics':
        this.#report(`there is no metric ${message.name}: shell components register none`);
        break;
      default:
        throw new BadMessageError(`the command ${message.command}, which no spout has`);
    }
  }

  #emit({ tuple, stream, task, id, needTaskIds }: EmitMessage): void {
    const messageId = id === null ? null : new ShellMessageId(this.#keeper.life, id);
    const direct = task === 0 ? {} : { task };
    const targets = this.#collector.emit(asValues(tuple), { stream, messageId, ...direct });
    this.#emitted += 1;
    this.#ahead.onEmit(needTaskIds);
    if (task === 0 && needTaskIds) {
      this.#keeper.write(this.#keeper.serializer.taskIds(targets));
    }
  }

  #onSync(): void {
    const question = this.#questions.shift();
    if (question === this.#activation) {
      this.#activation = null;
      this.#hearsActivation = 'yes';
    }
    if (question?.isNext !== false) this.#onAnswer(question);
    this.#fewer();
  }

  /** @param question undefined when the child says `sync` unasked */
  #onAnswer(question: Question | undefined): void {
    const nowMs = this.#now();
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

  #fewer(): void {
    if (this.#questions.length >= this.#fewerAt) return;
    const fewer = this.#onFewer;
    this.#onFewer = null;
    fewer?.();
  }

  #report(text: string): void {
    this.#collector.reportError(new ShellProcessError(text));
  }
}
