import { StormConf } from '../config/storm-conf.ts';
import { InvalidTopologyError } from '../errors.ts';
import type {
  ComponentSpec,
  Implementation,
  InputSpec,
  StreamSpec,
} from '../model/component-spec.ts';
import { type ComponentId, componentId, type StreamId, streamId } from '../model/ids.ts';
import type { StreamGrouping } from '../model/stream-grouping.ts';
import type { Topology } from '../model/topology.ts';
import type { Bolt, Spout } from './component.ts';
import type { TopologyContext } from './context.ts';
import type { Fields, Streams, ValuesOf } from './fields.ts';
import type { ForeignBolt, ForeignSpout } from './foreign-component.ts';

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

type OwnComponent = Spout<Streams> | Bolt<unknown, Streams>;
type ForeignComponent = ForeignSpout<Streams> | ForeignBolt<unknown, Streams>;

/** What components that are not code of the program come from; paths as the program gave them. */
export interface ForeignFiles {
  readonly jars: readonly string[];
  readonly resources: readonly string[];
}

/** A topology whose components are in this program, except those of a jar or in other languages. */
export interface NativeTopology {
  readonly topology: Topology;
  /** Those of this program. */
  readonly components: ReadonlyMap<ComponentId, OwnComponent>;
  readonly customGroupings: readonly CustomSubscription[];
  readonly files: ForeignFiles;
}

interface Draft {
  readonly name: string;
  readonly config: StormConf;
  readonly specs: Map<string, ComponentSpec & { readonly inputs: InputSpec[] }>;
  readonly components: Map<ComponentId, OwnComponent>;
  readonly customGroupings: CustomSubscription[];
  readonly jars: Set<string>;
  readonly resources: Set<string>;
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
            jars: new Set(),
            resources: new Set(),
          };
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

  /** @throws InvalidTopologyError when a source in another language is grouped by a function */
  build(): NativeTopology {
    const { name, config, specs, components, customGroupings, jars, resources } = this.draft;
    for (const { source, target } of customGroupings) checkCallable(this.draft, source, target);
    const topology: Topology = {
      name,
      generation: 'storm-0.10',
      config,
      components: [...specs.values()],
    };
    const files = { jars: [...jars], resources: [...resources] };
    return { topology, components, customGroupings, files };
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

function addComponent(
  draft: Draft,
  id: string,
  component: OwnComponent | ForeignComponent,
  { parallelism = 1, tasks, config = {} }: ComponentOptions,
): void {
  if (draft.specs.has(id)) throw new InvalidTopologyError(`there are two components ${id}`);
  const { streams, config: ownConfig = {} } = component.definition;
  const taskCount = tasks === undefined ? {} : { 'topology.tasks': tasks };
  draft.specs.set(id, {
    kind: component.kind,
    id: componentId(id),
    implementation: implementationOf(draft, id, component),
    parallelismHint: parallelism,
    config: StormConf.of({ ...ownConfig, ...config, ...taskCount }),
    streams: new Map(
      Object.entries(streams).map(([name, fields]) => [streamId(name), streamSpec(id, fields)]),
    ),
    inputs: [],
  });
}

function implementationOf(
  draft: Draft,
  id: string,
  component: OwnComponent | ForeignComponent,
): Implementation {
  if (!('implementation' in component)) {
    draft.components.set(componentId(id), component);
    return { kind: 'native' };
  }
  if (component.jar !== null) draft.jars.add(component.jar);
  if (component.resources !== null) draft.resources.add(component.resources);
  return component.implementation;
}

/** Tasks are chosen where a tuple is emitted, so a function of this program must be there too. */
function checkCallable({ components, specs }: Draft, source: string, target: string): void {
  if (components.has(componentId(source)) || !specs.has(source)) return;
  throw new InvalidTopologyError(
    `${target} groups ${source} by a function of this program, but ${source} runs in another one`,
  );
}

/** Direct subscribers are found by their grouping; no stream is declared direct. */
function streamSpec(component: string, fields: Fields): StreamSpec {
  const names = Object.keys(fields);
  // JavaScript moves such keys to the front, so the values would come in another order.
  const numeric = names.find((name) => /^\d+$/.test(name));
  if (numeric !== undefined) {
    throw new InvalidTopologyError(`${component} has a field ${numeric}: a field is no number`);
  }
  return { fields: names, direct: false };
}
