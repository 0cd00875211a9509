import {
  type Bolt,
  type BoltTask,
  bolt,
  type OutputCollector,
  type Streams,
  type TopologyContext,
  type Tuple,
} from '../storm-api/builder/index.ts';
import { NotJsonError } from './json-text.ts';
import {
  BadMessageError,
  directTask,
  type EmitMessage,
  logLevel,
  type ShellMessage,
} from './message.ts';
import { readNumber } from './read-number.ts';
import type { ShellOptions } from './shell-options.ts';
import { ShellTask } from './shell-task.ts';
import { asValues } from './shell-values.ts';

/** Tuples that wait for the child's pipe at a time when topology.shellbolt.max.pending is not set. */
const unwrittenMaxDefault = 256;
const heartbeatStream = '__heartbeat';
const systemTask = -1;

export interface ShellBoltOptions extends ShellOptions {
  readonly streams: Streams;
  /** Seconds between ticks, which reach the child as tuples of `__tick`; null for none. */
  readonly tickSecs: number | null;
}

/** A bolt whose work a subprocess does over Storm's multilang protocol (Storm's ShellBolt). */
export function shellBolt(options: ShellBoltOptions): Bolt<unknown, Streams> {
  const { streams, tickSecs } = options;
  return bolt<unknown, Streams>({
    streams,
    ...(tickSecs === null ? {} : { tickSecs }),
    prepare: (context, collector) => new ShellBoltTask(options, context, collector),
  });
}

type Answers = 'yes' | 'no' | 'unknown';

class ShellBoltTask extends ShellTask<OutputCollector<Streams>> implements BoltTask<unknown> {
  readonly #tickSecs: number | null;
  readonly #unwrittenMax: number;
  /** What the child has and neither acked nor failed; null for a tick. */
  readonly #held = new Map<number, Tuple<unknown> | null>();
  #waiters: (() => void)[] = [];
  #lastId = 0;
  /** Of the heartbeat that the child has not answered. */
  #heartbeat: number | null = null;
  /** Libraries before 0.9.3 take a heartbeat for a tuple. */
  #answersHeartbeats: Answers = 'unknown';

  constructor(
    options: ShellBoltOptions,
    context: TopologyContext,
    collector: OutputCollector<Streams>,
  ) {
    super(options, context, collector);
    this.#tickSecs = options.tickSecs;
    this.#unwrittenMax =
      readNumber(context.config, 'topology.shellbolt.max.pending') ?? unwrittenMaxDefault;
    this.keeper.start();
  }

  execute(tuple: Tuple<unknown>): Promise<void> | undefined {
    if (!this.keeper.isReady) return this.#later().then(() => this.execute(tuple));
    const { sourceComponent, sourceStream, sourceTask, exact } = tuple;
    const sent = this.#send(sourceComponent, sourceStream, sourceTask, exact, tuple);
    if (!sent) this.collector.fail(tuple);
    return this.keeper.unwritten < this.#unwrittenMax ? undefined : this.#later();
  }

  tick(): void {
    if (!this.keeper.isReady) return;
    this.#send('__system', '__tick', systemTask, [this.#tickSecs], null);
  }

  async cleanup(): Promise<void> {
    await this.keeper.close();
  }

  protected override get owed(): number {
    return this.#held.size;
  }

  protected override get mayHearIdsAhead(): boolean {
    return true; // tuples come between its emit and the ids in any case
  }

  override onReady(): void {
    super.onReady();
    this.#heartbeat = null;
    this.#wake();
  }

  override onTaken(hadWaited: boolean): void {
    super.onTaken(hadWaited);
    if (this.keeper.unwritten < this.#unwrittenMax) this.#wake();
  }

  override onLost(): void {
    super.onLost();
    if (this.#heartbeat !== null && this.#answersHeartbeats === 'unknown') {
      this.#answersHeartbeats = 'no';
    }
    this.#heartbeat = null;
    const lost = [...this.#held.values()];
    this.#held.clear();
    for (const tuple of lost) if (tuple !== null) this.collector.fail(tuple);
  }

  override onCheck(): void {
    if (this.#answersHeartbeats === 'no' || this.isHeldBack) return;
    const owes = this.#held.size > 0 || this.#heartbeat !== null;
    const verdict = this.signs.check(this.clock.now(), owes);
    if (verdict === 'dead') {
      // it may know heartbeats well and hang all the same
      this.#heartbeat = null;
      this.keeper.end(`gave no sign of life for ${this.timeoutSecs} s`);
    } else if (verdict === 'ask' && this.#heartbeat === null) this.#sendHeartbeat();
  }

  override onMessage(message: ShellMessage): void {
    switch (message.command) {
      case 'emit':
        this.emit(message);
        break;
      case 'ack':
      case 'fail':
        this.#finish(message.command, message.id);
        break;
      case 'sync':
        this.#onSync();
        break;
      case 'unknown':
        break;
      default:
        this.hear(message);
        if (message.command === 'log' && message.level >= logLevel.error) this.report(message.text);
    }
  }

  /** @returns false when the values have no form that the child could read */
  #send(
    component: string | null,
    stream: string,
    task: number,
    values: readonly unknown[],
    input: Tuple<unknown> | null,
  ): boolean {
    this.#lastId += 1;
    const id = this.#lastId;
    try {
      this.give(this.keeper.serializer.tuple({ id, component, stream, task, values }));
    } catch (error) {
      if (!(error instanceof NotJsonError)) throw error;
      this.collector.reportError(error);
      return false;
    }
    this.#held.set(id, input);
    return true;
  }

  #sendHeartbeat(): void {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#heartbeat = id;
    const { serializer } = this.keeper;
    const about = { component: null, stream: heartbeatStream, task: systemTask, values: [] };
    this.keeper.write(serializer.tuple({ id, ...about }), 'now');
  }

  #onSync(): void {
    if (this.#heartbeat === null) return;
    this.#heartbeat = null;
    this.#answersHeartbeats = 'yes';
  }

  protected override send(
    message: EmitMessage,
    foreseen: readonly number[] | undefined,
  ): readonly number[] {
    const { stream, tuple } = message;
    const anchors = this.#anchors(message.anchors);
    const where = { stream, task: directTask(message), foreseen, orNowhere: true, anchors };
    return this.collector.emit(asValues(tuple), where);
  }

  /** @throws BadMessageError for a tuple that the child does not have */
  #anchors(ids: EmitMessage['anchors']): Tuple<unknown> | readonly Tuple<unknown>[] {
    const [only] = ids;
    if (ids.length === 1 && only !== undefined) return this.#anchor(only) ?? [];
    const tuples: Tuple<unknown>[] = [];
    for (const id of ids) {
      const tuple = this.#anchor(id);
      if (tuple !== null) tuples.push(tuple);
    }
    return tuples;
  }

  /** null for the heartbeat. @throws BadMessageError for a tuple that the child does not have */
  #anchor(name: string | number): Tuple<unknown> | null {
    const id = idOf(name);
    const tuple = this.#held.get(id);
    if (tuple !== undefined) return tuple;
    if (id === this.#heartbeat) return null;
    throw new BadMessageError(`an emit anchored to ${name}, which it had acked or never got`);
  }

  /** @throws BadMessageError for a tuple that the child does not have */
  #finish(command: 'ack' | 'fail', name: unknown): void {
    const id = idOf(name);
    const tuple = this.#held.get(id);
    if (tuple !== undefined) {
      this.#held.delete(id);
      if (tuple === null) return;
      if (command === 'ack') this.collector.ack(tuple);
      else this.collector.fail(tuple);
      return;
    }
    if (id !== this.#heartbeat) {
      throw new BadMessageError(`${command} of ${name}, which it had acked or never got`);
    }
    this.#heartbeat = null;
    this.#answersHeartbeats = 'no';
  }

  /** Resolves when there is a child and its pipe has room. */
  #later(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
    });
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter();
  }
}

const idPattern = /^[1-9]\d*$/;

/** Our number of what a child names; 0, which nothing has, for any other name. */
function idOf(name: unknown): number {
  if (typeof name === 'number') return name;
  return typeof name === 'string' && idPattern.test(name) ? Number(name) : 0;
}
