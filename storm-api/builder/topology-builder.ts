import { StormConf } from '../config/storm-conf.ts';
import { InvalidTopologyError } from '../errors.ts';
import type { ComponentSpec, InputSpec, StreamSpec } from '../model/component-spec.ts';
import { type ComponentId, componentId, type StreamId, streamId } from '../model/ids.ts';
import type { StreamGrouping } from '../model/stream-grouping.ts';
import type { Topology } from '../model/topology.ts';
import { checkComponent, checkCount, checkPlain } from './checks.ts';
import type { Bolt, Spout } from './component.ts';
import type { TaskHook, TopologyContext } from './context.ts';
import type { Fields, Streams, ValuesOf } from './fields.ts';
import {
  consumerBolt,
  consumerClass,
  consumerComponent,
  type MetricsConsumer,
} from './metrics-consumer.ts';

/** What the builder's types remember of one component: its streams, and what it takes. */
interface Known {
  readonly streams: Streams;
  readonly takes: unknown;
}

type Components = Readonly<Record<string, Known>>;

/** The id itself when it is new, else a type that no string has. */
type NewId<Id extends string, All extends Components> = Id extends keyof All
  ? { readonly thisComponentExistsAlready: Id }
  : Id;

type StreamOf<
  All extends Components,
  Id extends keyof All,
  Stream extends string,
> = Stream extends keyof All[Id]['streams'] ? All[Id]['streams'][Stream] : never;

/** Components with such a stream whose tuples a bolt of `Values` can take. */
type SourceOf<All extends Components, Values, Stream extends string> = {
  [Id in keyof All & string]: Stream extends keyof All[Id]['streams']
    ? ValuesOf<All[Id]['streams'][Stream] & Fields> extends Values
      ? Id
      : never
    : never;
}[keyof All & string];

/** Chooses target tasks for a tuple by its values; the tasks are those of the subscriber, sorted. */
export type CustomGrouping = (
  context: TopologyContext,
  tasks: readonly number[],
) => (sourceTask: number, values: readonly unknown[]) => readonly number[];

export interface ComponentOptions {
  /** Executors; 1 when left out. */
  readonly parallelism?: number;
  /** As many as executors when left out (Storm's setNumTasks). */
  readonly tasks?: number;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** A subscription of a native component that chooses tasks by a function. */
export interface CustomSubscription {
  readonly target: ComponentId;
  readonly source: ComponentId;
  readonly stream: StreamId;
  readonly grouping: CustomGrouping;
}

/** A topology whose components are in this program. */
export interface NativeTopology {
  readonly topology: Topology;
  readonly components: ReadonlyMap<ComponentId, Spout<Streams> | Bolt<unknown, Streams>>;
  readonly customGroupings: readonly CustomSubscription[];
  /** Each makes one hook for every task of its components. */
  readonly hooks?: readonly (() => TaskHook)[];
}

interface Draft {
  readonly name: string;
  readonly config: StormConf;
  readonly specs: Map<string, ComponentSpec & { readonly inputs: InputSpec[] }>;
  readonly components: Map<ComponentId, Spout<Streams> | Bolt<unknown, Streams>>;
  readonly customGroupings: CustomSubscription[];
  readonly hooks: (() => TaskHook)[];
  readonly consumers: { readonly class: string; readonly 'parallelism.hint': number }[];
}

/**
 * Describes a topology as Storm's TopologyBuilder does. The types remember every component's
 * streams and fields: a source, stream or field that does not exist does not compile, nor does a
 * subscription whose tuples the bolt cannot take.
 */
export class TopologyBuilder<All extends Components = Readonly<Record<never, Known>>> {
  protected readonly draft: Draft;

  /** @param config of the topology, such as `{ 'topology.message.timeout.secs': 30 }` */
  constructor(name: string, config?: Readonly<Record<string, unknown>>);
  constructor(draft: Draft);
  constructor(nameOrDraft: string | Draft, config: Readonly<Record<string, unknown>> = {}) {
    this.draft =
      typeof nameOrDraft !== 'string'
        ? nameOrDraft
        : {
            name: nameOrDraft,
            config: StormConf.of(config),
            specs: new Map(),
            components: new Map(),
            customGroupings: [],
            hooks: [],
            consumers: [],
          };
  }

  /** @throws InvalidTopologyError when the id is taken or a field cannot be named so */
  setSpout<Id extends string, Declared extends Streams>(
    id: NewId<Id, All>,
    spout: Spout<Declared>,
    options: ComponentOptions = {},
  ): TopologyBuilder<All & Readonly<Record<Id, { streams: Declared; takes: never }>>> {
    addComponent(this.draft, String(id), spout as unknown as Spout<Streams>, options);
    return new TopologyBuilder(this.draft);
  }

  /** The groupings that follow are the bolt's. @throws InvalidTopologyError as `setSpout` does */
  setBolt<Id extends string, Values, Declared extends Streams>(
    id: NewId<Id, All>,
    bolt: Bolt<Values, Declared>,
    options: ComponentOptions = {},
  ): BoltDeclarer<All & Readonly<Record<Id, { streams: Declared; takes: Values }>>, Values> {
    addComponent(this.draft, String(id), bolt as unknown as Bolt<unknown, Streams>, options);
    return new BoltDeclarer(this.draft, String(id));
  }

  /** More subscriptions of a bolt that was set before: how a loop is closed. */
  bolt<Id extends keyof All & string>(id: Id): BoltDeclarer<All, All[Id]['takes']> {
    return new BoltDeclarer(this.draft, id);
  }

  /** Hooks for all tasks: one is made for each of them (Storm's topology.auto.task.hooks). */
  hook(make: () => TaskHook): this {
    this.draft.hooks.push(make);
    return this;
  }

  /**
   * Gets the metrics of all tasks (Storm's registerMetricsConsumer).
   * @throws InvalidTopologyError when there is a consumer of that name
   */
  metricsConsumer(
    name: string,
    consumer: MetricsConsumer,
    { parallelism = 1 }: Pick<ComponentOptions, 'parallelism'> = {},
  ): this {
    const id = componentId(consumerComponent(name));
    const { components, consumers } = this.draft;
    if (components.has(id)) throw new InvalidTopologyError(`there are two consumers ${name}`);
    components.set(id, consumerBolt(consumer));
    consumers.push({ class: consumerClass(name), 'parallelism.hint': parallelism });
    return this;
  }

  build(): NativeTopology {
    const { name, specs, components, customGroupings, hooks } = this.draft;
    const config = withConsumers(this.draft);
    const topology: Topology = {
      name,
      generation: 'storm-0.10',
      config,
      components: [...specs.values()],
    };
    return { topology, components, customGroupings, hooks };
  }
}

/** Takes the subscriptions of the bolt that was set last. */
export class BoltDeclarer<All extends Components, Values> extends TopologyBuilder<All> {
  readonly #id: string;

  constructor(draft: Draft, id: string) {
    super(draft);
    this.#id = id;
  }

  shuffleGrouping<Stream extends string = 'default'>(
    source: SourceOf<All, Values, Stream>,
    stream?: Stream,
  ): this {
    return this.#subscribe(source, stream, { kind: 'shuffle' });
  }

  localOrShuffleGrouping<Stream extends string = 'default'>(
    source: SourceOf<All, Values, Stream>,
    stream?: Stream,
  ): this {
    return this.#subscribe(source, stream, { kind: 'local-or-shuffle' });
  }

  noneGrouping<Stream extends string = 'default'>(
    source: SourceOf<All, Values, Stream>,
    stream?: Stream,
  ): this {
    return this.#subscribe(source, stream, { kind: 'none' });
  }

  allGrouping<Stream extends string = 'default'>(
    source: SourceOf<All, Values, Stream>,
    stream?: Stream,
  ): this {
    return this.#subscribe(source, stream, { kind: 'all' });
  }

  globalGrouping<Stream extends string = 'default'>(
    source: SourceOf<All, Values, Stream>,
    stream?: Stream,
  ): this {
    return this.#subscribe(source, stream, { kind: 'global' });
  }

  directGrouping<Stream extends string = 'default'>(
    source: SourceOf<All, Values, Stream>,
    stream?: Stream,
  ): this {
    return this.#subscribe(source, stream, { kind: 'direct' });
  }

  /** Equal values of these fields go to the same task. */
  fieldsGrouping<Id extends SourceOf<All, Values, Stream>, Stream extends string = 'default'>(
    source: Id,
    fields: readonly (keyof StreamOf<All, Id, Stream> & string)[],
    stream?: Stream,
  ): this {
    return this.#subscribe(source, stream, { kind: 'fields', fields });
  }

  customGrouping<Stream extends string = 'default'>(
    source: SourceOf<All, Values, Stream>,
    grouping: CustomGrouping,
    stream?: Stream,
  ): this {
    this.draft.customGroupings.push({
      target: componentId(this.#id),
      source: componentId(source),
      stream: streamId(stream ?? 'default'),
      grouping,
    });
    return this.#subscribe(source, stream, { kind: 'custom-native' });
  }

  #subscribe(source: string, stream: string | undefined, grouping: StreamGrouping): this {
    const input = {
      source: componentId(source),
      stream: streamId(stream ?? 'default'),
      grouping,
    };
    this.draft.specs.get(this.#id)?.inputs.push(input);
    return this;
  }
}

const consumersKey = 'topology.metrics.consumer.register';

/** Consumers of the configuration, which are Java's, come first. */
function withConsumers({ config, consumers }: Draft): StormConf {
  if (consumers.length === 0) return config;
  const configured = config.get(consumersKey);
  const others = Array.isArray(configured) ? configured : [];
  return config.with({ [consumersKey]: [...others, ...consumers] });
}

function addComponent(
  draft: Draft,
  id: string,
  component: Spout<Streams> | Bolt<unknown, Streams>,
  { parallelism = 1, tasks, config = {} }: ComponentOptions,
): void {
  if (draft.specs.has(id)) throw new InvalidTopologyError(`there are two components ${id}`);
  checkComponent(id, component);
  checkCount(`parallelism of ${id}`, parallelism);
  checkCount(`tasks of ${id}`, tasks ?? 1);
  const { streams, config: ownConfig = {} } = component.definition;
  checkPlain(`the config of ${id}`, ownConfig);
  checkPlain(`the config of ${id}`, config);
  const taskCount = tasks === undefined ? {} : { 'topology.tasks': tasks };
  draft.components.set(componentId(id), component);
  draft.specs.set(id, {
    kind: component.kind,
    id: componentId(id),
    implementation: { kind: 'native' },
    parallelismHint: parallelism,
    config: StormConf.of({ ...ownConfig, ...config, ...taskCount }),
    streams: new Map(
      Object.entries(streams).map(([name, fields]) => [streamId(name), streamSpec(id, fields)]),
    ),
    inputs: [],
  });
}

/** Direct subscribers are found by their grouping; no stream is declared direct. */
function streamSpec(component: string, fields: Fields): StreamSpec {
  checkPlain(`a stream of ${component}`, fields);
  const names = Object.keys(fields);
  // JavaScript moves such keys to the front, so the values would come in another order.
  const numeric = names.find((name) => /^\d+$/.test(name));
  if (numeric !== undefined) {
    throw new InvalidTopologyError(`${component} has a field ${numeric}: a field is no number`);
  }
  return { fields: names, direct: false };
}
