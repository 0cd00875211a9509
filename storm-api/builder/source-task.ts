import type { Awaitable, SpoutCollector, SpoutTask } from './component.ts';
import type { Fields, Streams, ValuesOf } from './fields.ts';

/** One element of a source: a tuple of one of its streams, `default` when none is named. */
export type Emission<Declared extends Streams> = {
  readonly [Stream in keyof Declared & string]: {
    readonly values: ValuesOf<Declared[Stream] & Fields>;
    /** Tracked when given, and told to the source's `ack` or `fail`. */
    readonly messageId?: unknown;
    /** The task of a direct subscriber. */
    readonly task?: number;
  } & (Stream extends 'default' ? { readonly stream?: Stream } : { readonly stream: Stream });
}[keyof Declared & string];

type Sequence<Item> = AsyncIterable<Item> | Iterable<Item>;
type AnyEmission = Emission<Streams>;

interface SourceHooks {
  readonly replay: boolean;
  ack(messageId: unknown): Awaitable<void>;
  fail(messageId: unknown): Awaitable<void>;
}

/**
 * A sequence as a spout task. It is asked for one element at a time, and only by `nextTuple`, so
 * never while the spout may not emit; acks and fails come meanwhile.
 */
export class SourceTask<Declared extends Streams> implements SpoutTask {
  readonly #open: (signal: AbortSignal) => Sequence<Emission<Declared>>;
  readonly #collector: SpoutCollector<Declared>;
  readonly #hooks: SourceHooks;
  readonly #closing = new AbortController();
  /** By message id, while it is neither acked nor failed; empty without replay. */
  readonly #underWay = new Map<unknown, AnyEmission>();
  readonly #replays: { readonly id: unknown; readonly emission: AnyEmission }[] = [];
  #lastId = -1;
  #iterator: AsyncIterator<unknown> | Iterator<unknown> | null = null;
  #pull: Promise<void> | null = null;
  #pulled: (() => void) | null = null;
  #ended = false;

  constructor(
    open: (signal: AbortSignal) => Sequence<Emission<Declared>>,
    collector: SpoutCollector<Declared>,
    hooks: SourceHooks,
  ) {
    this.#open = open;
    this.#collector = collector;
    this.#hooks = hooks;
  }

  nextTuple(): void {
    const again = this.#replays.shift();
    if (again !== undefined) {
      this.#emit(again.emission, again.id);
      return;
    }
    const pulled = this.#pulled;
    this.#pulled = null;
    if (pulled !== null) pulled();
    else if (this.#pull === null && !this.#ended) this.#pullNext();
  }

  idle(): Promise<unknown> | 'ended' | undefined {
    if (this.#pull !== null) return this.#pull;
    return this.#ended && this.#pulled === null && this.#replays.length === 0 ? 'ended' : undefined;
  }

  ack(messageId: unknown): Awaitable<void> {
    const emission = this.#underWay.get(messageId);
    this.#underWay.delete(messageId);
    if (isUsers(emission)) return this.#hooks.ack(messageId);
  }

  fail(messageId: unknown): Awaitable<void> {
    const emission = this.#underWay.get(messageId);
    this.#underWay.delete(messageId);
    if (emission !== undefined) this.#replays.push({ id: messageId, emission });
    if (isUsers(emission)) return this.#hooks.fail(messageId);
  }

  /** Does not wait for the sequence to end: it may never come to its next element. */
  close(): void {
    this.#closing.abort();
    const iterator = this.#iterator;
    if (iterator === null || this.#ended) return;
    const ending = Promise.resolve(iterator.return?.());
    ending.catch((error: unknown) => this.#collector.reportError(error));
  }

  #pullNext(): void {
    this.#iterator ??= iteratorOf(this.#open(this.#closing.signal));
    const answer = this.#iterator.next();
    if (!('then' in answer)) {
      this.#take(answer);
      return;
    }
    this.#pull = answer.then(
      (result) => this.#settled(() => this.#take(result)),
      (error: unknown) =>
        this.#settled(() => {
          throw error;
        }),
    );
  }

  /** What came of it is for the next `nextTuple`, which alone may emit and throw. */
  #settled(pulled: () => void): void {
    this.#pull = null;
    this.#pulled = pulled;
  }

  #take({ done, value }: IteratorResult<unknown>): void {
    if (done === true) this.#ended = true;
    else this.#emitNew(asEmission(value));
  }

  #emitNew(emission: AnyEmission): void {
    const ownId = () => (this.#hooks.replay ? ++this.#lastId : undefined);
    this.#emit(emission, emission.messageId ?? ownId());
  }

  #emit(emission: AnyEmission, id: unknown): void {
    if (this.#hooks.replay) this.#remember(emission, id);
    const { values, messageId: _, ...where } = emission;
    const options = id === undefined ? where : { ...where, messageId: id };
    (this.#collector as SpoutCollector<Streams>).emit(values as never, options);
  }

  #remember(emission: AnyEmission, id: unknown): void {
    if (this.#underWay.has(id)) {
      throw new TypeError(`a source with replay yields message id ${id} again before it is acked`);
    }
    this.#underWay.set(id, emission);
  }
}

/** Whether the user gave the message id; without replay nobody else does. */
function isUsers(emission: AnyEmission | undefined): boolean {
  return emission === undefined || (emission.messageId ?? undefined) !== undefined;
}

function iteratorOf(sequence: unknown): AsyncIterator<unknown> | Iterator<unknown> {
  const iterable = sequence as Partial<AsyncIterable<unknown> & Iterable<unknown>> | null;
  const iterator = iterable?.[Symbol.asyncIterator]?.() ?? iterable?.[Symbol.iterator]?.();
  if (iterator !== undefined) return iterator;
  throw new TypeError('a source returns an iterable or async iterable, such as a generator');
}

function asEmission(value: unknown): AnyEmission {
  const emission = value as Partial<AnyEmission> | null | undefined;
  if (typeof emission?.values === 'object' && emission.values !== null) {
    return emission as AnyEmission;
  }
  throw new TypeError('a source yields objects like { values: { word: "a" }, messageId: 1 }');
}
