import type { Awaitable, Declaration } from './component.ts';
import type { TopologyContext } from './context.ts';
import type { Fields, Streams, ValuesOf } from './fields.ts';
import type { Tuple } from './tuple.ts';

/** What is emitted belongs to the request, which fails with it. */
export interface BatchCollector<Declared extends Streams> {
  /** Returns the tasks that get the tuple. The first field is the id of the request. */
  readonly emit: <Stream extends keyof Declared & string = 'default'>(
    values: ValuesOf<Declared[Stream] extends Fields ? Declared[Stream] : never>,
    options?: { readonly stream?: Stream },
  ) => readonly number[];
  /** Shown with the component; does not fail the request. */
  reportError(error: unknown): void;
}

/** What one task does for one request. Throwing fails the request, and nothing else. */
export interface BatchTask<Values> {
  execute(tuple: Tuple<Values>): Awaitable<void>;
  /** All tuples of the request that are for this task have come, be it none. */
  finish(): Awaitable<void>;
}

export interface BatchBoltDefinition<Values, Declared extends Streams>
  extends Declaration<Declared> {
  /** Begins with one request. */
  begin(
    request: string,
    collector: BatchCollector<Declared>,
    context: TopologyContext,
  ): BatchTask<Values>;
}

/** A bolt that gets the tuples of each request by themselves, and hears when these are all. */
export interface BatchBolt<Values, Declared extends Streams> {
  readonly kind: 'batch-bolt';
  readonly definition: BatchBoltDefinition<Values, Declared>;
}

/** A bolt for a linear DRPC topology that works on whole requests (Storm's BaseBatchBolt). */
export function batchBolt<Values, Declared extends Streams = Readonly<Record<never, Fields>>>(
  definition: BatchBoltDefinition<Values, Declared>,
): BatchBolt<Values, Declared> {
  return { kind: 'batch-bolt', definition };
}
