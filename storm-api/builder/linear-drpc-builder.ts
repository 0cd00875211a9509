import type { BatchBolt } from './batch-bolt.ts';
import type { Bolt } from './component.ts';
import type { NativeGrouping } from './draft.ts';
import type { Field, Fields, Streams, ValuesOf } from './fields.ts';
import { type LinearLine, linearTopology } from './linear-topology.ts';
import type { ComponentOptions, CustomGrouping, NativeTopology } from './native-topology.ts';

/** What the first bolt of a line gets. */
interface Requests extends Streams {
  readonly default: { readonly request: Field<string>; readonly args: Field<string> };
}

/** Streams of the bolt before whose tuples a bolt of `Values` can take. */
type StreamFor<Previous extends Streams, Values> = {
  [Stream in keyof Previous & string]: ValuesOf<Previous[Stream] & Fields> extends Values
    ? Stream
    : never;
}[keyof Previous & string];

/** `default` may be left out where it is one of them. */
type Chosen<Names extends string> = 'default' extends Names ? [stream?: Names] : [stream: Names];

/**
 * Describes a DRPC function as a line of bolts (Storm's LinearDRPCTopologyBuilder). The first bolt
 * gets `request`, an id, and `args`; the first field of every stream is that id; the last bolt has
 * one stream of two fields, the id and the result. A `batchBolt` hears when it has all tuples of a
 * request.
 */
export class LinearDrpcBuilder<Last extends Streams = Requests> {
  protected readonly line: LinearLine;

  /** @param config of the topology */
  constructor(functionName: string, config?: Readonly<Record<string, unknown>>);
  constructor(line: LinearLine);
  constructor(functionOrLine: string | LinearLine, config: Readonly<Record<string, unknown>> = {}) {
    this.line =
      typeof functionOrLine === 'string'
        ? { functionName: functionOrLine, config, stages: [] }
        : functionOrLine;
  }

  /** The groupings that follow are the bolt's; the first has none, and gets each request once. */
  addBolt<Values, Declared extends Streams>(
    bolt: Bolt<Values, Declared> | BatchBolt<Values, Declared>,
    options: ComponentOptions = {},
  ): LinearBolt<Last, Values, Declared> {
    const stage = { bolt: bolt as Bolt<unknown, Streams>, options, inputs: [] };
    return new LinearBolt({ ...this.line, stages: [...this.line.stages, stage] });
  }

  /** @throws InvalidTopologyError for a line that cannot answer */
  build(topologyName: string): NativeTopology {
    return linearTopology(topologyName, this.line);
  }
}

/** Takes the subscriptions of the bolt that was added last, to the one before it. */
export class LinearBolt<
  Previous extends Streams,
  Values,
  Own extends Streams,
> extends LinearDrpcBuilder<Own> {
  shuffleGrouping(...[stream]: Chosen<StreamFor<Previous, Values>>): this {
    return this.#subscribe(stream, { kind: 'shuffle' });
  }

  localOrShuffleGrouping(...[stream]: Chosen<StreamFor<Previous, Values>>): this {
    return this.#subscribe(stream, { kind: 'local-or-shuffle' });
  }

  noneGrouping(...[stream]: Chosen<StreamFor<Previous, Values>>): this {
    return this.#subscribe(stream, { kind: 'none' });
  }

  allGrouping(...[stream]: Chosen<StreamFor<Previous, Values>>): this {
    return this.#subscribe(stream, { kind: 'all' });
  }

  globalGrouping(...[stream]: Chosen<StreamFor<Previous, Values>>): this {
    return this.#subscribe(stream, { kind: 'global' });
  }

  directGrouping(...[stream]: Chosen<StreamFor<Previous, Values>>): this {
    return this.#subscribe(stream, { kind: 'direct' });
  }

  /** Equal values of these fields go to the same task. */
  fieldsGrouping<Stream extends StreamFor<Previous, Values> = StreamFor<Previous, Values>>(
    fields: readonly (keyof Previous[Stream] & string)[],
    ...[stream]: Chosen<Stream>
  ): this {
    return this.#subscribe(stream, { kind: 'fields', fields });
  }

  customGrouping(choose: CustomGrouping, ...[stream]: Chosen<StreamFor<Previous, Values>>): this {
    return this.#subscribe(stream, { kind: 'custom-native', choose });
  }

  #subscribe(stream: string | undefined, grouping: NativeGrouping): this {
    this.line.stages.at(-1)?.inputs.push({ stream: stream ?? 'default', grouping });
    return this;
  }
}
