import { InvalidTopologyError } from '../errors.ts';
import { componentId } from '../model/ids.ts';
import type { Topology } from '../model/topology.ts';
import type { Bolt, Spout } from './component.ts';
import type { TaskHook } from './context.ts';
import {
  addComponent,
  checkCallable,
  type Draft,
  type NativeGrouping,
  newDraft,
  subscribe,
  withConsumers,
} from './draft.ts';
import type { Fields, Streams, ValuesOf } from './fields.ts';
import type { ForeignBolt, ForeignSpout } from './foreign-component.ts';
import {
  consumerBolt,
  consumerClass,
  consumerComponent,
  type MetricsConsumer,
} from './metrics-consumer.ts';
import type {
  ComponentOptions,
  CustomGrouping,
  ForeignComponent,
  NativeTopology,
  OwnComponent,
} from './native-topology.ts';

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
    this.draft = typeof nameOrDraft === 'string' ? newDraft(nameOrDraft, config) : nameOrDraft;
  }

  /** @throws InvalidTopologyError when the id is taken or a field cannot be named so */
  setSpout<Id extends string, Declared extends Streams>(
    id: NewId<Id, All>,
    spout: Spout<Declared> | ForeignSpout<Declared>,
    options: ComponentOptions = {},
  ): TopologyBuilder<All & Readonly<Record<Id, { streams: Declared; takes: never }>>> {
    addComponent(this.draft, String(id), spout as Spout<Streams> | ForeignSpout<Streams>, options);
    return new TopologyBuilder(this.draft);
  }

  /** The groupings that follow are the bolt's. @throws InvalidTopologyError as `setSpout` does */
  setBolt<Id extends string, Values, Declared extends Streams>(
    id: NewId<Id, All>,
    bolt: Bolt<Values, Declared> | ForeignBolt<Values, Declared>,
    options: ComponentOptions = {},
  ): BoltDeclarer<All & Readonly<Record<Id, { streams: Declared; takes: Values }>>, Values> {
    addComponent(this.draft, String(id), bolt as OwnComponent | ForeignComponent, options);
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

  /** @throws InvalidTopologyError when a source in another language is grouped by a function */
  build(): NativeTopology {
    const { name, specs, components, customGroupings, hooks, jars, resources } = this.draft;
    for (const { source, target } of customGroupings) checkCallable(this.draft, source, target);
    const config = withConsumers(this.draft);
    const topology: Topology = {
      name,
      generation: 'storm-0.10',
      config,
      components: [...specs.values()],
    };
    const files = { jars: [...jars], resources: [...resources] };
    return { topology, components, customGroupings, hooks, files };
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
    return this.#subscribe(source, stream, { kind: 'custom-native', choose: grouping });
  }

  #subscribe(source: string, stream: string | undefined, grouping: NativeGrouping): this {
    subscribe(this.draft, this.#id, { source, stream: stream ?? 'default', grouping });
    return this;
  }
}
