import type { Route } from '../../translator/index.ts';
import type { Fabric, Inlet } from './fabric.ts';
import { type Grouper, grouperOf, isBlind } from './groupers.ts';
import type { Waiter } from './mailbox.ts';
import { NativeTuple, type Source } from './native-tuple.ts';
import type { ExecutorCounts } from './task-counts.ts';

/** One stream of one executor, with a grouper for each subscriber. */
export interface OutputStream {
  readonly source: Source;
  /** No subscriber's choice depends on the values. */
  readonly isBlind: boolean;
  readonly subscribers: readonly { readonly route: Route; readonly choose: Grouper }[];
}

const noTasks: readonly number[] = [];

/**
 * Sends what the tasks of one executor emit. Never blocks: an executor whose target is full takes
 * no more input until there is room.
 */
export class Emitter implements Waiter {
  readonly #fabric: Fabric;
  readonly #component: string;
  readonly #cycle: number | null;
  readonly #counts: ExecutorCounts;
  readonly #onRoom: () => void;
  readonly #streams = new Map<string, OutputStream>();
  readonly #full = new Set<object>();
  readonly #waiting: (() => void)[] = [];
  /** Metrics consumers that do not keep up. */
  readonly #slow = new Set<Inlet>();

  constructor(
    fabric: Fabric,
    component: string,
    counts: ExecutorCounts,
    custom: (route: Route) => Grouper,
    onRoom: () => void,
  ) {
    this.#fabric = fabric;
    this.#component = component;
    this.#counts = counts;
    this.#onRoom = onRoom;
    this.#cycle = fabric.processors.get(component)?.cycle ?? null;
    for (const source of fabric.sources) {
      if (source.component !== component) continue;
      const routes = fabric.plan.routes.filter(
        (route) => route.source === component && route.stream === source.stream,
      );
      const parts = { random: fabric.random, custom };
      const subscribers = routes.map((route) => ({ route, choose: grouperOf(route, parts) }));
      this.#streams.set(source.stream, { source, isBlind: routes.every(isBlind), subscribers });
    }
  }

  /** While it is true the executor takes no input. */
  get isBlocked(): boolean {
    return this.#full.size > 0;
  }

  /** Undefined while there is room everywhere; else resolves when there is. */
  room(): Promise<void> | undefined {
    if (!this.isBlocked) return undefined;
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  onRoom(place: object): void {
    this.#full.delete(place);
    if (this.isBlocked) return;
    for (const goOn of this.#waiting.splice(0)) goOn();
    this.#onRoom();
  }

  /** @throws TypeError for a stream that the component does not declare */
  stream(name: string): OutputStream {
    const stream = this.find(name);
    if (stream === null) throw new TypeError(`${this.#component} declares no stream ${name}`);
    return stream;
  }

  /** null for a stream that the component does not declare. */
  find(name: string): OutputStream | null {
    return name.startsWith('__') ? null : (this.#streams.get(name) ?? null);
  }

  /**
   * The tasks that a tuple goes to, in order of the subscribers; nothing is sent yet.
   * @param directTask of a direct emit; undefined for any other
   * @throws TypeError when the stream's subscribers do not allow such an emit
   */
  choose(
    stream: OutputStream,
    task: number,
    values: readonly unknown[],
    directTask: number | undefined,
  ): readonly number[] {
    if (directTask !== undefined) return directTargets(stream, directTask);
    const { subscribers } = stream;
    const [only] = subscribers;
    if (only === undefined) return noTasks;
    if (subscribers.length === 1) return only.choose(task, values);
    return subscribers.flatMap(({ choose }) => [...choose(task, values)]);
  }

  /** Counts an emit, and shows it to whoever looks. */
  onEmit(source: Source, task: number, values: readonly unknown[], targets: number): void {
    this.#counts.emitted.add(source.number, 1);
    this.#counts.transferred.add(source.number, targets);
    this.#fabric.observer.onEmit?.(source.component, source.stream, task, values);
  }

  /** Hands a tuple to its target; all its trees must know of it before. */
  deliver(tuple: NativeTuple): void {
    const inlet = this.#fabric.inlets[tuple.targetTask];
    if (inlet === undefined) return;
    const inLoop = inlet.cycle !== null && inlet.cycle === this.#cycle;
    const isFull = inlet.put(tuple, inLoop);
    if (isFull && !inLoop) this.#await(inlet);
  }

  /**
   * Sends metrics of a task to the metrics consumers. What a consumer has no room for is dropped, and
   * nobody waits for it.
   */
  report(task: number, values: readonly unknown[]): void {
    const stream = this.#streams.get('__metrics');
    if (stream === undefined) return;
    for (const { choose } of stream.subscribers) {
      for (const target of choose(task, values)) {
        this.#offer(new NativeTuple(stream.source, task, target, values));
      }
    }
  }

  #offer(tuple: NativeTuple): void {
    const inlet = this.#fabric.inlets[tuple.targetTask];
    if (inlet === undefined || this.#slow.has(inlet) || !inlet.put(tuple, false)) return;
    this.#slow.add(inlet);
    inlet.awaitRoom({ onRoom: () => this.#slow.delete(inlet) });
  }

  #await(inlet: Inlet): void {
    this.#full.add(inlet);
    inlet.awaitRoom(this);
  }
}

/** A direct emit reaches direct subscribers only; one to a task that does not subscribe is dropped. */
function directTargets({ source, subscribers }: OutputStream, task: number): readonly number[] {
  const route = subscribers.find(({ route }) => route.targetTasks.some((each) => each === task));
  if (route === undefined) return noTasks;
  if (route.route.choice.kind !== 'direct') {
    throw new TypeError(
      `${route.route.target} subscribes to ${source.stream} of ${source.component} without a direct grouping`,
    );
  }
  return [task];
}
