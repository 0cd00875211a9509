import {
  type Spout,
  type SpoutCollector,
  type SpoutTask,
  type Streams,
  spout,
  type TopologyContext,
} from '../storm-api/builder/index.ts';
import { ChildKeeper, type ChildOwner, ShellProcessError } from './child-keeper.ts';
import { BadMessageError } from './frame-scanner.ts';
import { LifeSigns } from './life-signs.ts';
import type { EmitMessage, ShellMessage } from './message.ts';
import type { ShellOptions } from './shell-options.ts';
import { asValues, subprocessTimeoutMs } from './shell-values.ts';

/** Messages that a child may say unasked before its output waits. */
const heldMessagesMax = 1_000;

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

/** Asks its child one thing after the other: each question ends with the child's `sync`. */
class ShellSpoutTask implements SpoutTask, ChildOwner {
  readonly #collector: SpoutCollector<Streams>;
  readonly #keeper: ChildKeeper;
  readonly #timeoutMs: number;
  readonly #now: () => number;
  /** What the child said while nobody had asked it anything. */
  #held: ShellMessage[] = [];
  #answered: (() => void) | null = null;
  #signs: LifeSigns;

  constructor(
    options: ShellSpoutOptions,
    context: TopologyContext,
    collector: SpoutCollector<Streams>,
  ) {
    this.#collector = collector;
    this.#now = () => options.clock.now();
    this.#timeoutMs = subprocessTimeoutMs(context.config);
    this.#signs = new LifeSigns(this.#timeoutMs, this.#now());
    this.#keeper = new ChildKeeper(options, context, this);
    this.#keeper.start();
  }

  nextTuple(): Promise<void> | undefined {
    return this.#keeper.isReady ? this.#ask('next', '') : undefined;
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
  }

  onTaken(): void {
    this.#signs.sign(this.#now());
  }

  onLost(): void {
    this.#held = [];
    this.#settle();
  }

  onCheck(): void {
    if (this.#signs.check(this.#now(), this.#answered !== null) !== 'dead') return;
    this.#keeper.end(`gave no answer for ${this.#timeoutMs / 1000} s`);
  }

  onMessage(message: ShellMessage): void {
    this.#signs.sign(this.#now());
    if (this.#answered !== null) {
      this.#handle(message);
      return;
    }
    this.#held.push(message);
    if (this.#held.length === heldMessagesMax) this.#keeper.pause(true);
  }

  /** What became of a tuple interests only the child that emitted it. */
  #end(command: 'ack' | 'fail', messageId: unknown): Promise<void> | undefined {
    if (!(messageId instanceof ShellMessageId) || !this.#keeper.isReady) return undefined;
    return messageId.life === this.#keeper.life ? this.#ask(command, messageId.id) : undefined;
  }

  #ask(command: string, id: unknown): Promise<void> {
    return new Promise((resolve) => {
      this.#answered = resolve;
      this.#signs.sign(this.#now());
      this.#keeper.write(this.#keeper.serializer.command(command, id));
      this.#handleHeld();
    });
  }

  /** Up to the next `sync`: what comes after it belongs to the next question. */
  #handleHeld(): void {
    if (this.#held.length === 0) return;
    const held = this.#held;
    let handled = 0;
    try {
      while (handled < held.length && this.#answered !== null) {
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
        this.#settle();
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
    if (task === 0 && needTaskIds) {
      this.#keeper.write(this.#keeper.serializer.taskIds(targets));
    }
  }

  #settle(): void {
    const answered = this.#answered;
    this.#answered = null;
    answered?.();
  }

  #report(text: string): void {
    this.#collector.reportError(new ShellProcessError(text));
  }
}
