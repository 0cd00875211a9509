import {
  type Bolt,
  type ComponentOptions,
  type ForeignBolt,
  type ForeignSpout,
  field,
  type MetricsConsumer,
  type NativeTopology,
  type Spout,
  type Streams,
  spout,
  type TaskHook,
  TopologyBuilder,
  type TopologyContext,
} from '../builder/index.ts';
import { InvalidTopologyError } from '../errors.ts';
import {
  addNode,
  type Graph,
  type HeadNode,
  type Node,
  type OutputNode,
  type ProcessNode,
} from './graph.ts';
import { planStages, type StagePlan } from './plan-stages.ts';
import { stageBolt } from './stage-bolt.ts';
import { addOutput, ComponentStream, Stream } from './stream.ts';

/** Makes the values of one task; see `spout({ source })`. */
export type ValueSource<Value> = (
  context: TopologyContext,
  signal: AbortSignal,
) => AsyncIterable<Value> | Iterable<Value>;

type ConsumerOptions = Pick<ComponentOptions, 'parallelism'>;

const timeoutSecsDefault = 30;

/**
 * Describes a topology by what happens to its values. Functions between two changes of tasks become
 * one bolt; every value is anchored to the one it was made of, so a spout's tuple is acked when all
 * that came of it has been worked on.
 */
export class StreamBuilder {
  readonly #name: string;
  readonly #config: Readonly<Record<string, unknown>>;
  readonly #graph: Graph = { nodes: [] };
  readonly #hooks: (() => TaskHook)[] = [];
  readonly #consumers: (readonly [string, MetricsConsumer, ConsumerOptions])[] = [];

  /** @param config of the topology, such as `{ 'topology.max.spout.pending': 1000 }` */
  constructor(name: string, config: Readonly<Record<string, unknown>> = {}) {
    this.#name = name;
    this.#config = config;
  }

  /** Stream `default` of a spout. @throws InvalidTopologyError when the id is taken */
  stream<Declared extends Streams>(
    id: string,
    source: Spout<Declared> | ForeignSpout<Declared>,
  ): ComponentStream<Declared>;
  /** Values of a function; each is emitted until it is acked. */
  stream<Value>(id: string, source: ValueSource<Value>): Stream<Value>;
  stream(
    id: string,
    source: Spout<Streams> | ForeignSpout<Streams> | ValueSource<unknown>,
  ): ComponentStream<Streams> | Stream<unknown> {
    if (this.#graph.nodes.some((node) => node.kind === 'spout' && node.wishes.name === id)) {
      throw new InvalidTopologyError(`there are two components ${id}`);
    }
    const isFunction = typeof source === 'function';
    const base = { word: 'spout', wishes: { name: id }, children: [] };
    const made = isFunction ? valueSpout(source) : source;
    const node = addNode(this.#graph, { kind: 'spout', ...base, spout: made });
    const output = addOutput(this.#graph, node, 'default', !isFunction);
    const place = { graph: this.#graph, node: output };
    return isFunction ? new Stream(place) : new ComponentStream(place);
  }

  /** As `TopologyBuilder.hook`. */
  hook(make: () => TaskHook): this {
    this.#hooks.push(make);
    return this;
  }

  /** As `TopologyBuilder.metricsConsumer`; two of one name are refused by `build`. */
  metricsConsumer(name: string, consumer: MetricsConsumer, options: ConsumerOptions = {}): this {
    this.#consumers.push([name, consumer, options]);
    return this;
  }

  /** @throws InvalidTopologyError for windows that are open as long as a message timeout */
  build(): NativeTopology {
    this.#checkWindows();
    const plan = planStages(this.#graph);
    const builder = new TopologyBuilder(this.#name, this.#config) as unknown as UntypedBuilder;
    for (const make of this.#hooks) builder.hook(make);
    for (const consumer of this.#consumers) builder.metricsConsumer(...consumer);
    for (const [node, id] of plan.components) {
      const options = optionsOf([node]);
      if (node.kind === 'spout') builder.setSpout(id, node.spout, options);
      else subscribe(builder.setBolt(id, node.bolt, options), node, plan);
    }
    for (const stage of plan.stages) {
      const bolt = stageBolt(stage, plan.feedsOf(stage.root));
      const declarer = builder.setBolt(stage.id, bolt, optionsOf(stage.members));
      subscribe(declarer, stage.root, plan);
    }
    return builder.build();
  }

  #checkWindows(): void {
    const timeout = this.#config['topology.message.timeout.secs'];
    const limitSecs = typeof timeout === 'number' ? timeout : timeoutSecsDefault;
    for (const node of this.#graph.nodes) {
      const secs = node.kind === 'head' ? (node.tickSecs ?? 0) : 0;
      if (secs < limitSecs) continue;
      throw new InvalidTopologyError(
        `a window of ${secs} s holds its tuples as long as topology.message.timeout.secs, which is ${limitSecs}`,
      );
    }
  }
}

function valueSpout(source: ValueSource<unknown>): Spout<Streams> {
  const made = spout({
    streams: { default: { value: field<unknown>() } },
    replay: true,
    source: (context, signal) => emissions(source(context, signal)),
  });
  return made as unknown as Spout<Streams>;
}

function emissions(values: AsyncIterable<unknown> | Iterable<unknown>) {
  return Symbol.asyncIterator in values ? eachAsync(values) : each(values);
}

function* each(values: Iterable<unknown>) {
  for (const value of values) yield { values: { value } };
}

async function* eachAsync(values: AsyncIterable<unknown>) {
  for await (const value of values) yield { values: { value } };
}

function optionsOf(nodes: readonly Node[]): ComponentOptions {
  const parallelism = Math.max(...nodes.map(({ wishes }) => wishes.parallelism ?? 1));
  return { parallelism };
}

/** The builder without its types: ids and streams are found only here. */
interface UntypedBuilder {
  setSpout(
    id: string,
    spout: Spout<Streams> | ForeignSpout<Streams>,
    options: ComponentOptions,
  ): unknown;
  setBolt(
    id: string,
    bolt: Bolt<unknown, Streams> | ForeignBolt<unknown, Streams>,
    options: ComponentOptions,
  ): UntypedDeclarer;
  hook(make: () => TaskHook): unknown;
  metricsConsumer(name: string, consumer: MetricsConsumer, options: ConsumerOptions): unknown;
  build(): NativeTopology;
}

interface UntypedDeclarer {
  shuffleGrouping(source: string, stream: string): unknown;
  fieldsGrouping(source: string, fields: readonly string[], stream: string): unknown;
}

function subscribe(
  declarer: UntypedDeclarer,
  node: OutputNode | HeadNode | ProcessNode,
  plan: StagePlan,
): void {
  const isKeyed = node.kind !== 'output' && node.key !== null;
  for (const { component, stream } of plan.feedsOf(node)) {
    if (isKeyed) declarer.fieldsGrouping(component, ['key'], stream);
    else declarer.shuffleGrouping(component, stream);
  }
}
