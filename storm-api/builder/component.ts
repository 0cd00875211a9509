import type { SourceLag } from '../statistics/statistics.ts';
import type { TopologyContext } from './context.ts';
import { ending } from './ending.ts';
import type { Fields, Streams, ValuesOf } from './fields.ts';
import type { Tuple } from './tuple.ts';

/** Names the stream and, on a stream with direct subscribers, the task. */
export interface EmitOptions<Stream> {
  /** `default` when it is left out. */
  readonly stream?: Stream;
  /** A direct emit to this task. */
  readonly task?: number | undefined;
  /** The tuple goes to these tasks, which the collector's `foresee` has chosen for this stream. */
  readonly foreseen?: readonly number[] | undefined;
  /** On a stream that the component does not declare the tuple goes nowhere, as in Storm 0.9. */
  readonly orNowhere?: boolean;
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

/** For code that emits much in one call. */
interface Room {
  /**
   * Undefined while there is room where this task emits to, else a promise to wait for before the
   * next emit. What one call emits beyond the room is held in memory until the call ends and targets
   * have taken it: a call that emits many tuples, or a bolt that emits while none of its calls runs,
   * such as from a socket, waits for it now and then.
   */
  room(): Promise<void> | undefined;
}

/** For code that has to know where a tuple goes before it has the tuple. */
interface Foresight {
  /**
   * Chooses the tasks that one more emit with `foreseen` goes to; null when a grouping of the stream
   * decides by the values, or is direct.
   * @throws TypeError for a stream that the component does not declare
   */
  foresee(stream: string): readonly number[] | null;
}

export interface SpoutCollector<Declared extends Streams> extends ErrorReporter, Room, Foresight {
  /**
   * Returns the tasks that get the tuple. Never blocks.
   * @throws TypeError for a stream that is not declared, and for values that do not fit its fields
   */
  readonly emit: Emit<Declared, SpoutOptions>;
  /**
   * How many more tuples may be tracked before `nextTuple` is not called for a while
   * (topology.max.spout.pending); infinite without a bound.
   */
  pendingRoom(): number;
}

export interface BoltOptions {
  /** The tuple or tuples that the new one belongs to; the input of a basic bolt when left out. */
  readonly anchors?: Tuple<unknown> | readonly Tuple<unknown>[];
}

/** A basic bolt's: what it emits is anchored to its input, which is acked when `execute` is done. */
export interface BasicCollector<Declared extends Streams> extends ErrorReporter, Room {
  readonly emit: Emit<Declared, object>;
}

export interface OutputCollector<Declared extends Streams> extends ErrorReporter, Room, Foresight {
  /**
   * Returns the tasks that get the tuple. Never blocks.
   * @throws TypeError for a stream that is not declared, and for values that do not fit its fields
   */
  readonly emit: Emit<Declared, BoltOptions>;
  ack(tuple: Tuple<unknown>): void;
  fail(tuple: Tuple<unknown>): void;
}

export type Awaitable<Value> = Value | Promise<Value>;

/** For tasks that are to hear of new credentials. */
interface CredentialsListener {
  /**
   * Called in its turn when the topology was given other credentials after this task was made (Storm's
   * ICredentialsListener); those of before are in the context.
   */
  setCredentials?(credentials: ReadonlyMap<string, string>): Awaitable<void>;
}

/** One task of a spout. All calls of one task come one after the other. */
export interface SpoutTask extends CredentialsListener {
  /** Emits at most a few tuples and returns; called again and again while the topology is active. */
  nextTuple(): Awaitable<void>;
  ack?(messageId: unknown): Awaitable<void>;
  fail?(messageId: unknown): Awaitable<void>;
  /**
   * Asked after a `nextTuple` that emitted nothing: when to call it again. At the end of the promise;
   * not before a tuple was acked or failed, when the spout has `ended`; undefined: after the time of
   * the wait strategy.
   */
  idle?(): Promise<unknown> | 'ended' | undefined;
  /**
   * How far it is in each partition of what it reads, such as of Kafka; asked once a second, and shown
   * with the component. What it throws is reported.
   */
  lags?(): readonly SourceLag[];
  activate?(): Awaitable<void>;
  deactivate?(): Awaitable<void>;
  close?(): Awaitable<void>;
}

/** One task of a bolt. */
export interface BoltTask<Values> extends CredentialsListener {
  /** A promise keeps one place of `concurrency` until it settles. */
  execute(tuple: Tuple<Values>): Awaitable<void>;
  /** Every `tickSecs` seconds, in its turn among the inputs. */
  tick?(): Awaitable<void>;
  cleanup?(): Awaitable<void>;
}

export interface Declaration<Declared extends Streams> {
  readonly streams: Declared;
  /** Configuration of this component alone, over the topology's. */
  readonly config?: Readonly<Record<string, unknown>>;
}

export interface SpoutDefinition<Declared extends Streams> extends Declaration<Declared> {
  /** Functions whose requests it fetches from the context's `drpc`; callers of others are refused. */
  readonly drpcFunctions?: readonly string[];
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
  /** Every `tickSecs` seconds; what it emits belongs to no tuple. */
  tick?(collector: BasicCollector<Declared>, context: TopologyContext): Awaitable<void>;
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
  const { execute, tick, ...settings } = definition;
  return bolt({
    ...settings,
    prepare: (context, output) => ({
      execute: (input: Tuple<Values>) =>
        ending(output, [input], () => execute(input, anchoredTo(input, output), context)),
      ...(tick === undefined ? {} : { tick: () => tick(output, context) }),
    }),
  });
}

function anchoredTo<Declared extends Streams>(
  input: Tuple<unknown>,
  output: OutputCollector<Declared>,
): BasicCollector<Declared> {
  return {
    emit: (values, options) => output.emit(values, { ...options, anchors: input }),
    room: () => output.room(),
    reportError: (error) => output.reportError(error),
  };
}
