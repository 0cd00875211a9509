import type { Fields, Streams, ValuesOf } from './fields.ts';

/** What user code may know of the topology around it. Task ids are Storm's. */
export interface TopologyContext {
  readonly topologyName: string;
  readonly stormId: string;
  readonly componentId: string;
  readonly taskId: number;
  /** Position of this task among those of its component, from 0. */
  readonly taskIndex: number;
  /** The component's configuration: the topology's with its own over it. */
  readonly config: ReadonlyMap<string, unknown>;
  /** Sorted; empty for an unknown component. */
  tasksOf(component: string): readonly number[];
  /** The component of a task; null for a task that does not exist. */
  componentOf(task: number): string | null;
}

/** A tuple as a bolt receives it. */
export interface Tuple<Values = Readonly<Record<string, unknown>>> {
  /** By field name, as the source declared the stream. */
  readonly values: Values;
  /** In the order of the fields. */
  readonly list: readonly unknown[];
  /** As `list`, but with Java's Double and Integer told from Long: instances of Double and Int. */
  readonly exact: readonly unknown[];
  readonly sourceComponent: string;
  readonly sourceTask: number;
  readonly sourceStream: string;
}

/** Names the stream and, on a stream with direct subscribers, the task. */
export interface EmitOptions<Stream> {
  /** `default` when it is left out. */
  readonly stream?: Stream;
  /** A direct emit to this task. */
  readonly task?: number;
}

/** Where errors go that are worth seeing but end nothing. */
interface ErrorReporter {
  /** Shown with the component; does not fail a tuple. */
  reportError(error: unknown): void;
}

type Emit<Declared extends Streams, Options> = <Stream extends keyof Declared & string = 'default'>(
  values: ValuesOf<Declared[Stream] extends Fields ? Declared[Stream] : never>,
  options?: Options & EmitOptions<Stream>,
) => readonly number[];

export interface SpoutOptions {
  /** Tracked when given: `ack` or `fail` is called with it, once. */
  readonly messageId?: unknown;
}

export interface SpoutCollector<Declared extends Streams> extends ErrorReporter {
  /** Returns the tasks that get the tuple. Never blocks. */
  readonly emit: Emit<Declared, SpoutOptions>;
}

export interface BoltOptions {
  /** The tuple or tuples that the new one belongs to; the input of a basic bolt when left out. */
  readonly anchors?: Tuple<unknown> | readonly Tuple<unknown>[];
}

/** A basic bolt's: what it emits is anchored to its input, which is acked when `execute` is done. */
export interface BasicCollector<Declared extends Streams> extends ErrorReporter {
  readonly emit: Emit<Declared, object>;
}

export interface OutputCollector<Declared extends Streams> extends ErrorReporter {
  /** Returns the tasks that get the tuple. Never blocks. */
  readonly emit: Emit<Declared, BoltOptions>;
  ack(tuple: Tuple<unknown>): void;
  fail(tuple: Tuple<unknown>): void;
}

type Awaitable<Value> = Value | Promise<Value>;

/** One task of a spout. All calls of one task come one after the other. */
export interface SpoutTask {
  /** Emits at most a few tuples and returns; called again and again while the topology is active. */
  nextTuple(): Awaitable<void>;
  ack?(messageId: unknown): Awaitable<void>;
  fail?(messageId: unknown): Awaitable<void>;
  activate?(): Awaitable<void>;
  deactivate?(): Awaitable<void>;
  close?(): Awaitable<void>;
}

/** One task of a bolt. */
export interface BoltTask<Values> {
  /** A promise keeps one place of `concurrency` until it settles. */
  execute(tuple: Tuple<Values>): Awaitable<void>;
  /** Every `tickSecs` seconds, in its turn among the inputs. */
  tick?(): Awaitable<void>;
  cleanup?(): Awaitable<void>;
}

interface Declaration<Declared extends Streams> {
  readonly streams: Declared;
  /** Configuration of this component alone, over the topology's. */
  readonly config?: Readonly<Record<string, unknown>>;
}

export interface SpoutDefinition<Declared extends Streams> extends Declaration<Declared> {
  /** Makes one task; what it may await is its `open`. */
  open(context: TopologyContext, collector: SpoutCollector<Declared>): Awaitable<SpoutTask>;
}

interface BoltSettings {
  /** `execute` calls of one task that may be unfinished at a time; 1 when left out. */
  readonly concurrency?: number;
  /** Seconds between calls of `tick`; none when left out. */
  readonly tickSecs?: number;
}

export interface BoltDefinition<Values, Declared extends Streams>
  extends Declaration<Declared>,
    BoltSettings {
  /** Makes one task; what it may await is its `prepare`. */
  prepare(
    context: TopologyContext,
    collector: OutputCollector<Declared>,
  ): Awaitable<BoltTask<Values>>;
}

export interface BasicBoltDefinition<Values, Declared extends Streams>
  extends Declaration<Declared>,
    BoltSettings {
  /** Throwing fails the tuple, and nothing else. */
  execute(
    tuple: Tuple<Values>,
    collector: BasicCollector<Declared>,
    context: TopologyContext,
  ): Awaitable<void>;
}

/** A spout, ready to be put into a topology. */
export interface Spout<Declared extends Streams> {
  readonly kind: 'spout';
  readonly definition: SpoutDefinition<Declared>;
}

/** A bolt that takes tuples of such values, ready to be put into a topology. */
export interface Bolt<Values, Declared extends Streams> {
  readonly kind: 'bolt';
  readonly definition: BoltDefinition<Values, Declared>;
}

export function spout<Declared extends Streams>(
  definition: SpoutDefinition<Declared>,
): Spout<Declared> {
  return { kind: 'spout', definition };
}

/** A bolt that acks and fails by itself. */
export function bolt<Values, Declared extends Streams = Readonly<Record<never, Fields>>>(
  definition: BoltDefinition<Values, Declared>,
): Bolt<Values, Declared> {
  return { kind: 'bolt', definition };
}

/** A bolt whose tuples are anchored and acked for it, as Storm's BasicBoltExecutor does. */
export function basicBolt<Values, Declared extends Streams = Readonly<Record<never, Fields>>>(
  definition: BasicBoltDefinition<Values, Declared>,
): Bolt<Values, Declared> {
  const { execute, ...settings } = definition;
  return bolt({
    ...settings,
    prepare: (context, output) => ({
      execute: async (input: Tuple<Values>) => {
        try {
          const done = execute(input, anchoredTo(input, output), context);
          if (done !== undefined) await done;
        } catch (error) {
          output.reportError(error);
          output.fail(input);
          return;
        }
        output.ack(input);
      },
    }),
  });
}

function anchoredTo<Declared extends Streams>(
  input: Tuple<unknown>,
  output: OutputCollector<Declared>,
): BasicCollector<Declared> {
  return {
    emit: (values, options) => output.emit(values, { ...options, anchors: input }),
    reportError: (error) => output.reportError(error),
  };
}
