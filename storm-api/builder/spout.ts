import type { Awaitable, Declaration, Spout, SpoutDefinition } from './component.ts';
import type { TopologyContext } from './context.ts';
import type { Streams } from './fields.ts';
import { type Emission, SourceTask } from './source-task.ts';

type Sequence<Item> = AsyncIterable<Item> | Iterable<Item>;

/** A type parameter of its own keeps the id in an element a literal while the streams are inferred. */
interface Named<Stream extends string> {
  readonly stream?: Stream;
}

/** A spout that is a sequence: the runtime asks for its next element when there is room for one. */
export interface SourceDefinition<
  Declared extends Streams,
  Stream extends string = keyof Declared & string,
> extends Declaration<Declared> {
  /**
   * Makes the sequence of one task, usually `async function* (context, signal) {...}`. When it ends
   * the task is idle; when it throws the task begins anew after a delay, with a new sequence.
   * @param signal aborted when the task is closed
   */
  source(
    context: TopologyContext,
    signal: AbortSignal,
  ): Sequence<Emission<Declared> & Named<Stream>>;
  /**
   * Everything is tracked, and what fails is emitted again until it is acked (at least once). Message
   * ids that are under way at the same time must differ; those left out are numbers from 0.
   */
  readonly replay?: boolean;
  /** Called for what had a `messageId`. */
  ack?(messageId: unknown, context: TopologyContext): Awaitable<void>;
  fail?(messageId: unknown, context: TopologyContext): Awaitable<void>;
}

/**
 * A spout: one that is called for its next tuple (`open`), or one that is a sequence of tuples
 * (`source`).
 */
export function spout<Declared extends Streams>(
  definition: SpoutDefinition<Declared>,
): Spout<Declared>;
export function spout<Declared extends Streams, Stream extends keyof Declared & string>(
  definition: SourceDefinition<Declared, Stream>,
): Spout<Declared>;
export function spout<Declared extends Streams>(
  definition: SpoutDefinition<Declared> | SourceDefinition<Declared>,
): Spout<Declared> {
  if ('open' in definition) return { kind: 'spout', definition };
  const { source, replay = false, ack, fail, ...declaration } = definition;
  return {
    kind: 'spout',
    definition: {
      ...declaration,
      open: (context, collector) => {
        const hooks = {
          ack: (id: unknown) => ack?.(id, context),
          fail: (id: unknown) => fail?.(id, context),
        };
        const sequence = (signal: AbortSignal) => source(context, signal);
        return new SourceTask(sequence, collector, { replay, ...hooks });
      },
    },
  };
}
