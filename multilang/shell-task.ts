import type { Clock } from '../runtime/native/index.ts';
import { type Streams, shellMetricsKey, type TopologyContext } from '../storm-api/builder/index.ts';
import { ChildKeeper, type ChildOwner, ShellProcessError } from './child-keeper.ts';
import { IdsAhead, keepsIds } from './ids-ahead.ts';
import { LifeSigns } from './life-signs.ts';
import { type EmitMessage, logLevel, type ShellMessage, type TalkMessage } from './message.ts';
import type { Part } from './serializer.ts';
import { type ChildMetric, registerShellMetrics } from './shell-metrics.ts';
import type { ShellOptions } from './shell-options.ts';
import { subprocessTimeoutMs } from './shell-values.ts';

/** What the collectors of spouts and bolts have in common. */
interface Collector {
  reportError(error: unknown): void;
  foresee(stream: string): readonly number[] | null;
  room(): Promise<void> | undefined;
}

/** Why a child's output is not read: its targets are full, or it says more than was asked. */
type Pause = 'full' | 'unasked';

/** A child that has so much before it does not miss what comes a moment later. */
const busyFrom = 16;
/** Of a task: names of streams may be without end. */
const undeclaredToldMax = 20;

/** A task whose work a child does: what is the same for spouts and bolts. */
export abstract class ShellTask<Out extends Collector> implements ChildOwner {
  protected readonly collector: Out;
  protected readonly keeper: ChildKeeper;
  protected readonly clock: Clock;
  protected readonly timeoutSecs: number;
  protected signs: LifeSigns;
  readonly #streams: Streams;
  readonly #metrics: ReadonlyMap<string, ChildMetric>;
  readonly #ids: IdsAhead;
  readonly #pauses = new Set<Pause>();
  /** Streams of its emits that it does not declare. */
  readonly #undeclared = new Set<string>();
  /** It may wait for our answer to its last emit. */
  #mayAwaitIds = false;

  constructor(
    options: ShellOptions & { readonly streams: Streams },
    context: TopologyContext,
    collector: Out,
  ) {
    const [stream = '', ...others] = Object.keys(options.streams);
    const isPossible = others.length === 0 && keepsIds(options.command, options.cwd);
    this.#streams = options.streams;
    this.#metrics = registerShellMetrics(context);
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
   * @param foreseen what the child was told of them before; undefined when nothing
   * @throws TypeError for an emit that the component's streams do not allow
   */
  protected abstract send(
    message: EmitMessage,
    foreseen: readonly number[] | undefined,
  ): readonly number[];

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
    this.#pauses.clear();
  }

  /** Its targets are full, so its output is not read: that it is silent says nothing about it. */
  protected get isHeldBack(): boolean {
    return this.#pauses.has('full');
  }

  /** Its output waits in its own pipe while there is a reason for that. */
  protected pause(why: Pause, paused: boolean): void {
    if (paused) this.#pauses.add(why);
    else this.#pauses.delete(why);
    this.keeper.pause(this.#pauses.size > 0);
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
        this.#measure(message.name, message.params);
        break;
      default:
        assertNever(message);
    }
  }

  #measure(name: string, params: unknown): void {
    const metric = this.#metrics.get(name);
    if (metric === undefined) {
      this.report(`there is no metric ${name}: ${shellMetricsKey} does not name it`);
      return;
    }
    try {
      metric.update(params);
    } catch (error) {
      this.report(`metric ${name}: ${error instanceof Error ? error.message : error}`);
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
    const { stream, task } = message;
    if (!Object.hasOwn(this.#streams, stream)) this.#onUndeclared(stream);
    const wantsIds = task === 0 && message.needTaskIds;
    const foreseen = wantsIds ? this.#ids.use() : undefined;
    const targets = this.send(message, foreseen);
    this.#mayAwaitIds = wantsIds && foreseen === undefined;
    if (wantsIds) this.#tellIds(targets, foreseen !== undefined);
    this.#pauseWhileFull();
  }

  #tellIds(targets: readonly number[], areTold: boolean): void {
    const { serializer } = this.keeper;
    if (!areTold) this.keeper.write(serializer.taskIds(targets), 'soon'); // its tuple goes first
    if (!this.mayHearIdsAhead) return;
    for (const more of this.#ids.more()) this.give(serializer.taskIds(more));
  }

  /** As in Storm its tuples go nowhere, and nobody would know. */
  #onUndeclared(stream: string): void {
    this.#ids.forbid();
    if (this.#undeclared.size >= undeclaredToldMax || this.#undeclared.has(stream)) return;
    this.#undeclared.add(stream);
    this.keeper.tell(
      logLevel.warn,
      `emits to stream ${stream}, which is not declared: such tuples go nowhere`,
    );
  }

  /** A child that emits faster than its targets take waits at its own pipe. */
  #pauseWhileFull(): void {
    const room = this.isHeldBack ? undefined : this.collector.room();
    if (room === undefined) return;
    this.pause('full', true);
    const { life } = this.keeper;
    void room.then(() => {
      if (life !== this.keeper.life) return;
      this.sign();
      this.pause('full', false);
    });
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
