import type { Awaitable, BoltOptions, BoltTask, OutputCollector } from './component.ts';
import type { TopologyContext } from './context.ts';
import type { Streams } from './fields.ts';
import { OpenRequests, RequestTracking } from './request-tracking.ts';
import type { Tuple } from './tuple.ts';

/** On it tasks tell those of the next component how many tuples of a request they sent them. */
export const coordinationStream = 'coordination';

export interface Coordination {
  /** Whose tasks tell their counts, all or one of them; null for the first, which gets one tuple. */
  readonly previous: { readonly id: string; readonly reporters: 'all' | 'one' } | null;
  /** Whose tasks are told; null for the last. */
  readonly next: string | null;
  /** Names each request to the one task that finishes it; null when every task does. */
  readonly namedBy: string | null;
}

/** The collector of what is coordinated. */
export interface CoordinatedOutput extends OutputCollector<Streams> {
  /** As `ack`, resolved when the request is finished, if that was all of it. */
  acked(tuple: Tuple<unknown>): Awaitable<void>;
}

/** What a task does beside counting. */
export interface CoordinatedWork extends BoltTask<unknown> {
  /** @param anchors what is emitted belongs to */
  finish?(request: unknown, anchors: readonly Tuple<unknown>[]): Awaitable<void>;
  /** The request will not be finished. */
  forget?(request: unknown): void;
}

export interface CoordinatedParts {
  readonly context: TopologyContext;
  readonly collector: OutputCollector<Streams>;
  readonly coordination: Coordination;
  /** Without that of the counts. */
  readonly streams: Streams;
  readonly ticks: { readonly everySecs: number; readonly areWanted: boolean };
}

/** Counts what comes and goes of each request, and finishes it when all of it has come. */
export class CoordinatedTask implements BoltTask<unknown> {
  readonly #parts: CoordinatedParts;
  readonly #open: OpenRequests;
  readonly #reporters: number;
  readonly #nextTasks: ReadonlySet<number>;
  #work: CoordinatedWork = { execute: () => {} };
  #quietSecs = 0;

  constructor(parts: CoordinatedParts) {
    const { context, coordination } = parts;
    const { previous, next, namedBy } = coordination;
    this.#parts = parts;
    this.#open = new OpenRequests(() => new RequestTracking(namedBy === null));
    this.#reporters =
      previous?.reporters === 'all'
        ? context.tasksOf(previous.id).length
        : Number(previous !== null);
    this.#nextTasks = new Set(next === null ? [] : context.tasksOf(next));
  }

  async begin(make: (output: CoordinatedOutput) => Awaitable<CoordinatedWork>): Promise<void> {
    this.#work = await make(this.#output());
  }

  execute(tuple: Tuple<unknown>): Awaitable<void> {
    const { previous, namedBy } = this.#parts.coordination;
    if (tuple.sourceComponent === namedBy) return this.#onName(tuple);
    if (tuple.sourceStream === coordinationStream) return this.#onCounts(tuple);
    const request = this.#open.of(tuple.list[0]);
    if (previous === null) request.expected = 1;
    return this.#work.execute(tuple);
  }

  tick(): Awaitable<void> {
    const { ticks, context } = this.#parts;
    this.#quietSecs += ticks.everySecs;
    if (this.#quietSecs >= context.maxMessageTimeoutSecs) {
      this.#quietSecs = 0;
      for (const [id, request] of this.#open.rotate()) this.#drop(id, request);
    }
    if (ticks.areWanted) return this.#work.tick?.();
  }

  cleanup(): Awaitable<void> {
    return this.#work.cleanup?.();
  }

  #onName(tuple: Tuple<unknown>): Awaitable<void> {
    const id = tuple.list[0];
    const request = this.#open.of(id);
    request.isOurs = true;
    request.held.push(tuple);
    return this.#settle(id, request);
  }

  #onCounts(tuple: Tuple<unknown>): Awaitable<void> {
    const [id, tuples] = tuple.list;
    const request = this.#open.of(id);
    request.reports += 1;
    request.expected += Number(tuples);
    // Where another task may be named, nothing would end what is held here.
    if (this.#parts.coordination.namedBy === null) request.held.push(tuple);
    else this.#parts.collector.ack(tuple);
    return this.#settle(id, request);
  }

  #acked(tuple: Tuple<unknown>): Awaitable<void> {
    const id = tuple.list[0];
    const request = this.#open.of(id);
    request.acked += 1;
    if (this.#parts.coordination.previous === null) request.held.push(tuple);
    else this.#parts.collector.ack(tuple);
    return this.#settle(id, request);
  }

  #failed(tuple: Tuple<unknown>): void {
    const id = tuple.list[0];
    const request = this.#open.of(id);
    this.#parts.collector.fail(tuple);
    this.#drop(id, request);
  }

  #settle(id: unknown, request: RequestTracking): Awaitable<void> {
    if (request.isFinishing || !request.isComplete(this.#reporters)) return;
    request.isFinishing = true;
    try {
      const finished = this.#work.finish?.(id, request.held);
      if (finished === undefined) return this.#end(id, request);
      return finished.then(
        () => this.#end(id, request),
        (error: unknown) => this.#fail(id, request, error),
      );
    } catch (error) {
      this.#fail(id, request, error);
    }
  }

  /** Its tree ends here only once the next ones know how much there is for them. */
  #end(id: unknown, { held, sent }: RequestTracking): void {
    const { collector } = this.#parts;
    for (const task of this.#nextTasks) {
      const counts = { request: id, tuples: sent.get(task) ?? 0 };
      collector.emit(counts as never, { stream: coordinationStream, task, anchors: held });
    }
    for (const tuple of held) collector.ack(tuple);
    this.#open.remove(id);
  }

  #fail(id: unknown, request: RequestTracking, error: unknown): void {
    this.#parts.collector.reportError(error);
    this.#drop(id, request);
  }

  #drop(id: unknown, { held }: RequestTracking): void {
    for (const tuple of held) this.#parts.collector.fail(tuple);
    this.#open.remove(id);
    this.#work.forget?.(id);
  }

  #output(): CoordinatedOutput {
    const { collector, streams } = this.#parts;
    const firstFields = new Map(
      Object.entries(streams).map(([stream, fields]) => [stream, Object.keys(fields)[0] ?? '']),
    );
    return {
      emit: (values, options?: BoltOptions & { stream?: string; task?: number | undefined }) => {
        const tasks = collector.emit(values, options as never);
        const first = firstFields.get(options?.stream ?? 'default') ?? '';
        this.#countSent(firstOf(values, first), tasks);
        return tasks;
      },
      ack: (tuple) => void this.#acked(tuple),
      acked: (tuple) => this.#acked(tuple),
      fail: (tuple) => this.#failed(tuple),
      room: () => collector.room(),
      foresee: (stream) => collector.foresee(stream),
      reportError: (error) => collector.reportError(error),
    };
  }

  #countSent(id: unknown, tasks: readonly number[]): void {
    const { sent } = this.#open.of(id);
    for (const task of tasks) {
      if (this.#nextTasks.has(task)) sent.set(task, (sent.get(task) ?? 0) + 1);
    }
  }
}

/** Values come by name or as a list. */
function firstOf(values: object, firstField: string): unknown {
  return Array.isArray(values)
    ? values[0]
    : (values as Readonly<Record<string, unknown>>)[firstField];
}
