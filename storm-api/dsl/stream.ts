import type { Awaitable, Bolt, Fields, ForeignBolt, Streams, ValuesOf } from '../builder/index.ts';
import { InvalidTopologyError } from '../errors.ts';
import {
  addNode,
  type ComponentNode,
  type Graph,
  type HeadNode,
  type Key,
  type Node,
  type Wishes,
} from './graph.ts';
import { each, type Head, reducing, windowing } from './heads.ts';
import { filtering, flattening, mapping, type Operator, sinking } from './steps.ts';

/** What values can be grouped by: equal keys come to the same task. */
export type GroupKey = string | number | bigint | boolean | null;

/** When a window closes: after so many values, so many seconds, or whichever comes first. */
export type WindowSize =
  | { readonly count: number; readonly secs?: number }
  | { readonly count?: number; readonly secs: number };

/** One bolt's worth of a value's way: the bolt if it takes such tuples. */
type Taking<Wire, Values, Declared extends Streams> = Wire extends Values
  ? Bolt<Values, Declared> | ForeignBolt<Values, Declared>
  : never;

type DefaultValues<Declared extends Streams> = Declared extends {
  readonly default: infer Own extends Fields;
}
  ? ValuesOf<Own>
  : unknown;

/** What a stream's values are a part of, for the functions that go on with it. */
interface Place {
  readonly graph: Graph;
  readonly node: Node;
}

/**
 * Values on their way through the program. Every method but the settings adds a part and returns what
 * comes out of it; one stream may go on in several ways. What functions throw fails the tuple.
 * @typeParam Wire what a bolt of `process` gets to see: `{ value: Value }`, or the fields of a spout,
 * of a bolt or of `fields`
 */
export class Stream<Value, Wire = { readonly value: Value }> {
  protected readonly place: Place;

  constructor(place: Place) {
    this.place = place;
  }

  map<Next>(change: (value: Value) => Next | Promise<Next>): Stream<Next> {
    return this.#operator('map', mapping(change));
  }

  flatMap<Next>(spread: (value: Value) => Iterable<Next> | AsyncIterable<Next>): Stream<Next> {
    return this.#operator('flatMap', flattening(spread));
  }

  filter<Narrow extends Value>(isWanted: (value: Value) => value is Narrow): Stream<Narrow>;
  filter(isWanted: (value: Value) => Awaitable<boolean>): Stream<Value>;
  filter(isWanted: (value: Value) => Awaitable<boolean>): Stream<Value> {
    return this.#operator('filter', filtering(isWanted));
  }

  /** One stream per predicate: a value goes to the first that wants it, or nowhere. */
  branch<Predicates extends readonly ((value: Value) => boolean)[]>(
    ...predicates: Predicates
  ): { readonly [Index in keyof Predicates]: Stream<Value> } {
    const chosen = this.map((value) => ({
      value,
      branch: predicates.findIndex((isWanted) => isWanted(value)),
    }));
    const branches = predicates.map((_, index) =>
      chosen.filter(({ branch }) => branch === index).map(({ value }) => value),
    );
    return branches as { readonly [Index in keyof Predicates]: Stream<Value> };
  }

  /** Values of all these streams. @throws InvalidTopologyError for a stream of another program */
  merge<Other>(...others: readonly Stream<Other, unknown>[]): Stream<Value | Other> {
    return this.#head('merge', { head: each, parents: others.map(({ place }) => place) });
  }

  /** What follows may run in other tasks: a component of its own, with a parallelism of its own. */
  shuffle(): Stream<Value> {
    return this.#head('shuffle', { head: each });
  }

  groupBy<Key extends GroupKey>(key: (value: Value) => Key): GroupedStream<Key, Value> {
    return new GroupedStream(this.place, key);
  }

  /** Tumbling windows, of each task by itself; acked when what they became was emitted. */
  window(size: WindowSize): Stream<readonly Value[]> {
    return this.#head('window', windowParts(size, false));
  }

  /** A bolt of yours; its tuples come in turn. What comes out is its stream `default`. */
  process<Values, Declared extends Streams>(
    bolt: Taking<Wire, Values, Declared>,
  ): ComponentStream<Declared> {
    return addProcess(this.place, null, bolt);
  }

  /** Values that are objects travel as tuples with these fields. */
  fields<Own extends Fields>(
    fields: Own & (Value extends ValuesOf<Own> ? unknown : never),
  ): Stream<Value, ValuesOf<Own>> {
    const identity: Operator = (next) => next;
    return this.#operator('fields', identity, { fields: Object.keys(fields) });
  }

  /** The end of a way: calls the function with every value. */
  sink(take: (value: Value) => unknown): void {
    this.#operator('sink', sinking(take), { isSink: true });
  }

  /** Name of the component that this stream comes out of. */
  named(name: string): this {
    return this.#wish({ name });
  }

  /** Executors of the component that this stream comes out of; of several wishes the largest. */
  parallelism(executors: number): this {
    return this.#wish({ parallelism: executors });
  }

  /** How many values of a task may wait for promises of its functions; of several wishes the largest. */
  concurrency(calls: number): this {
    return this.#wish({ concurrency: calls });
  }

  #wish(wishes: Wishes): this {
    const { node } = this.place;
    Object.assign(node.kind === 'output' ? node.component.wishes : node.wishes, wishes);
    return this;
  }

  #operator<Next, NextWire>(
    word: string,
    make: Operator,
    more: { readonly fields?: readonly string[]; readonly isSink?: boolean } = {},
  ): Stream<Next, NextWire> {
    const { graph, node: parent } = this.place;
    const { fields = null, isSink = false } = more;
    const base = { word, wishes: {}, children: [] };
    const node = { kind: 'operator' as const, ...base, parent, make, fields, isSink };
    return new Stream({ graph, node: addNode(graph, node) });
  }

  #head<Next>(word: string, parts: HeadChoices): Stream<Next> {
    return addHead(this.place, word, parts);
  }
}

/** Values by key: the same key is always with the same task. */
export class GroupedStream<Key extends GroupKey, Value> {
  readonly #place: Place;
  readonly #key: (value: Value) => Key;

  constructor(place: Place, key: (value: Value) => Key) {
    this.#place = place;
    this.#key = key;
  }

  /**
   * Keeps a state per key, in memory, and gives every new state. It begins anew when its executor does,
   * and a value that comes twice, because its tree failed, counts twice.
   * @param first a state that all keys may share, or a function that makes one
   */
  reduce<State>(
    change: (state: State, value: Value, key: Key) => State,
    first: State | (() => State),
  ): Stream<{ readonly key: Key; readonly value: State }> {
    return this.#head('reduce', { head: reducing(change as never, first) });
  }

  /** Tumbling windows of each key by itself. */
  window(size: WindowSize): Stream<{ readonly key: Key; readonly values: readonly Value[] }> {
    return this.#head('window', windowParts(size, true));
  }

  /** A bolt of yours, to which equal keys come together. */
  process<Values, Declared extends Streams>(
    bolt: Taking<{ readonly key: Key; readonly value: Value }, Values, Declared>,
  ): ComponentStream<Declared> {
    return addProcess(this.#place, this.#key, bolt);
  }

  #head<Next>(word: string, parts: HeadChoices): Stream<Next> {
    return addHead(this.#place, word, { ...parts, key: this.#key });
  }
}

/** Stream `default` of a spout or bolt, and the way to its others. */
export class ComponentStream<Declared extends Streams> extends Stream<
  DefaultValues<Declared>,
  DefaultValues<Declared>
> {
  output<Id extends keyof Declared & string>(
    stream: Id,
  ): Stream<ValuesOf<Declared[Id]>, ValuesOf<Declared[Id]>> {
    const { graph, node } = this.place;
    if (node.kind !== 'output') throw new TypeError('only a component has other outputs');
    return new Stream({ graph, node: addOutput(graph, node.component, stream, true) });
  }
}

export function addOutput(
  graph: Graph,
  component: ComponentNode,
  stream: string,
  isRaw: boolean,
): Node {
  const base = { word: component.word, wishes: {}, children: [] };
  return addNode(graph, { kind: 'output', ...base, component, stream, isRaw });
}

interface HeadChoices {
  readonly head: Head;
  readonly key?: Key | null;
  readonly tickSecs?: number | null;
  /** Beside the stream's own. */
  readonly parents?: readonly Place[];
}

function addHead<Next>(
  { graph, node }: Place,
  word: string,
  { head, key = null, tickSecs = null, parents = [] }: HeadChoices,
): Stream<Next> {
  if (parents.some((other) => other.graph !== graph)) {
    throw new InvalidTopologyError('streams of two programs cannot be merged');
  }
  const all = [...new Set([node, ...parents.map((other) => other.node)])];
  const base = { word, wishes: {}, children: [] };
  const added: HeadNode = { kind: 'head', ...base, parents: all, key, head, tickSecs };
  return new Stream({ graph, node: addNode(graph, added) });
}

function addProcess<Declared extends Streams>(
  { graph, node }: Place,
  key: Key | null,
  bolt: unknown,
): ComponentStream<Declared> {
  const base = { word: 'process', wishes: {}, children: [], parents: [node], key };
  const process = addNode(graph, {
    kind: 'process',
    ...base,
    bolt: bolt as Bolt<unknown, Streams>,
  });
  return new ComponentStream({ graph, node: addOutput(graph, process, 'default', true) });
}

function windowParts({ count, secs }: WindowSize, isKeyed: boolean): HeadChoices {
  const isRight =
    (count === undefined || (Number.isInteger(count) && count > 0)) &&
    !(secs !== undefined && !(secs > 0));
  if (!isRight || (count === undefined && secs === undefined)) {
    throw new InvalidTopologyError('a window has a whole count above 0, or seconds above 0');
  }
  return { head: windowing(count ?? Number.POSITIVE_INFINITY, isKeyed), tickSecs: secs ?? null };
}
