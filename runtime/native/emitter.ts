import type { Route } from '../../translator/index.ts';
import type { Fabric } from './fabric.ts';
import { type Grouper, grouperOf } from './groupers.ts';
import type { Mailbox, Waiter } from './mailbox.ts';
import { NativeTuple, type RootEdge, type Source } from './native-tuple.ts';

/** One stream of one executor, with a grouper for each subscriber. */
export interface OutputStream {
  readonly source: Source;
  readonly subscribers: readonly { readonly route: Route; readonly choose: Grouper }[];
}

/** Makes the roots of the tuple for one target: called once per target, before any is published. */
export type RootsOf = (index: number) => readonly RootEdge[];

/**
 * Sends what the tasks of one executor emit. Never blocks: an executor whose target is full takes
 * no more input until there is room.
 */
export class Emitter implements Waiter {
  readonly #fabric: Fabric;
  readonly #component: string;
  readonly #cycle: number | null;
  readonly #onRoom: () => void;
  readonly #streams = new Map<string, OutputStream>();
  readonly #full = new Set<Mailbox>();

  constructor(
    fabric: Fabric,
    component: string,
    custom: (route: Route) => Grouper,
    onRoom: () => void,
  ) {
    this.#fabric = fabric;
    this.#component = component;
    this.#onRoom = onRoom;
    const processor = fabric.processors.get(component);
    this.#cycle = processor?.cycle ?? null;
    for (const { id, fields } of processor?.streams ?? []) {
      const routes = fabric.plan.routes.filter(
        (route) => route.source === component && route.stream === id,
      );
      const parts = { random: fabric.random, custom };
      const subscribers = routes.map((route) => ({ route, choose: grouperOf(route, parts) }));
      this.#streams.set(id, { source: { component, stream: id, fields }, subscribers });
    }
  }

  /** While it is true the executor takes no input. */
  get isBlocked(): boolean {
    return this.#full.size > 0;
  }

  onRoom(mailbox: Mailbox): void {
    this.#full.delete(mailbox);
    if (this.#full.size === 0) this.#onRoom();
  }

  /** @throws TypeError for a stream that the component does not declare */
  stream(name: string): OutputStream {
    const stream = this.#streams.get(name);
    if (stream === undefined || name.startsWith('__')) {
      throw new TypeError(`${this.#component} declares no stream ${name}`);
    }
    return stream;
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
    const [only] = stream.subscribers;
    if (only !== undefined && stream.subscribers.length === 1) return only.choose(task, values);
    return stream.subscribers.flatMap(({ choose }) => [...choose(task, values)]);
  }

  /** Hands the tuple to its targets; all its trees must know of it before. */
  publish(
    { source }: OutputStream,
    task: number,
    values: readonly unknown[],
    targets: readonly number[],
    rootsOf: RootsOf,
  ): void {
    this.#fabric.observer.onEmit?.(source.component, source.stream, task, values);
    // All of them first: a root must be whole before a target can answer.
    const tuples = targets.map(
      (target, index) => new NativeTuple(source, task, target, values, rootsOf(index)),
    );
    for (const tuple of tuples) this.#deliver(tuple);
  }

  #deliver(tuple: NativeTuple): void {
    const inlet = this.#fabric.inlets.get(tuple.targetTask);
    if (inlet === undefined) return;
    const inLoop = inlet.cycle !== null && inlet.cycle === this.#cycle;
    inlet.mailbox.put(tuple, inLoop);
    if (inlet.cycle !== null) this.#cycleOf(inlet.cycle).held += 1;
    if (!inLoop && inlet.mailbox.isFull) {
      this.#full.add(inlet.mailbox);
      inlet.mailbox.awaitRoom(this);
    }
    inlet.wake();
  }

  #cycleOf(ordinal: number) {
    const budget = this.#fabric.cycles.get(ordinal);
    if (budget === undefined) throw new Error(`no cycle ${ordinal}`);
    return budget;
  }
}

/** A direct emit reaches direct subscribers only; one to a task that does not subscribe is dropped. */
function directTargets({ source, subscribers }: OutputStream, task: number): readonly number[] {
  const route = subscribers.find(({ route }) => route.targetTasks.some((each) => each === task));
  if (route === undefined) return [];
  if (route.route.choice.kind !== 'direct') {
    throw new TypeError(
      `${route.route.target} subscribes to ${source.stream} of ${source.component} without a direct grouping`,
    );
  }
  return [task];
}
