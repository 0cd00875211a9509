import type { Clock } from '../runtime/native/index.ts';
import type { Streams, TopologyContext } from '../storm-api/builder/index.ts';
import { ChildKeeper, type ChildOwner, ShellProcessError } from './child-keeper.ts';
import { IdsAhead, keepsIds } from './ids-ahead.ts';
import { LifeSigns } from './life-signs.ts';
import type { EmitMessage, ShellMessage, TalkMessage } from './message.ts';
import type { Part } from './serializer.ts';
import type { ShellOptions } from './shell-options.ts';
import { subprocessTimeoutMs } from './shell-values.ts';

/** What the collectors of spouts and bolts have in common. */
interface Collector {
  reportError(error: unknown): void;
  foresee(stream: string): readonly number[] | null;
}

/** A child that has so much before it does not miss what comes a moment later. */
const busyFrom = 16;

/** A task whose work a child does: what is the same for spouts and bolts. */
export abstract class ShellTask<Out extends Collector> implements ChildOwner {
  protected readonly collector: Out;
  protected readonly keeper: ChildKeeper;
  protected readonly clock: Clock;
  protected readonly timeoutSecs: number;
  protected signs: LifeSigns;
  readonly #ids: IdsAhead;
  /** It may wait for our answer to its last emit. */
  #mayAwaitIds = false;

  constructor(
    options: ShellOptions & { readonly streams: Streams },
    context: TopologyContext,
    collector: Out,
  ) {
    const [stream = '', ...others] = Object.keys(options.streams);
    const isPossible = others.length === 0 && keepsIds(options.command, options.cwd);
    this.collector = collector;
    this.clock = options.clock;
    this.timeoutSecs = subprocessTimeoutMs(context.config) / 1000;
    this.signs = this.#newSigns();
    this.#ids = new IdsAhead(() => collector.foresee(stream), isPossible);
    this.keeper = new ChildKeeper(options, context, this);
  }

  /** Tuples or questions that the child has not done with. */
  protected abstract get owed(): number;

  /** Nothing that the child did speaks against telling it task ids before it asks. */
  protected abstract get mayHearIdsAhead(): boolean;

  abstract onMessage(message: ShellMessage): void;
  abstract onCheck(): void;

  /**
   * Sends on what the child emits; the result is the tasks that get it.
   * @throws TypeError for an emit that the component's streams do not allow
   */
  protected abstract send(message: EmitMessage, foreseen: boolean): readonly number[];

  get isBusy(): boolean {
    return this.owed >= busyFrom && !this.#mayAwaitIds;
  }

  reportError(error: Error): void {
    this.collector.reportError(error);
  }

  onReady(): void {
    this.signs = this.#newSigns();
  }

  /** That an empty pipe takes something says nothing about the child. */
  onTaken(hadWaited: boolean): void {
    if (hadWaited) this.sign();
  }

  onHeard(): void {
    this.sign();
  }

  onLost(): void {
    this.#ids.onLost();
    this.#mayAwaitIds = false;
  }

  /** The child has shown that it lives, or begins to owe something. */
  protected sign(): void {
    this.signs.sign(this.clock.now());
  }

  /** What a child says that belongs to no tuple. */
  protected hear(message: TalkMessage): void {
    switch (message.command) {
      case 'log':
        this.keeper.tell(message.level, message.text);
        break;
      case 'error':
        this.report(`Shell Process Exception: ${message.text}`);
        break;
      case 'metrics':
        this.report(`there is no metric ${message.name}: shell components register none`);
        break;
      default:
        assertNever(message);
    }
  }

  protected report(text: string): void {
    this.collector.reportError(new ShellProcessError(text));
  }

  /**
   * Sends a tuple on and answers with its task ids where the child wants them.
   * @throws TypeError for an emit that the component's streams do not allow
   */
  protected emit(message: EmitMessage): void {
    const wantsIds = message.task === 0 && message.needTaskIds;
    const foreseen = wantsIds && this.#ids.isTold;
    const targets = this.send(message, foreseen);
    this.#mayAwaitIds = wantsIds && !foreseen;
    if (!wantsIds) return;
    if (foreseen) this.#ids.use();
    else this.keeper.write(this.keeper.serializer.taskIds(targets), 'soon'); // its tuple goes first
    if (!this.mayHearIdsAhead) return;
    for (const more of this.#ids.more()) this.give(this.keeper.serializer.taskIds(more));
  }

  /** Writes work for the child, or what goes with it. */
  protected give(part: Part): void {
    this.keeper.write(part, this.owed >= busyFrom ? 'later' : 'now');
  }

  #newSigns(): LifeSigns {
    return new LifeSigns(this.timeoutSecs * 1000, this.clock.now());
  }
}

function assertNever(message: never): never {
  throw new TypeError(`not a message: ${JSON.stringify(message)}`);
}
