import type {
  Bolt,
  BoltTask,
  OutputCollector,
  Streams,
  TopologyContext,
  Tuple,
} from '../../storm-api/builder/index.ts';
import type { ExecutorPlan } from '../../translator/index.ts';
import { childRoots } from './anchoring.ts';
import { call } from './call.ts';
import { listOf } from './emitted-values.ts';
import { Executor } from './executor.ts';
import type { CycleBudget, Fabric } from './fabric.ts';
import { type Input, Mailbox, tick } from './mailbox.ts';
import { NativeTuple } from './native-tuple.ts';

const burstTuples = 64;
/** A cycle that is full still lets one tuple in per so long, or it could never drain by its exit. */
const entryPauseMs = 3;

interface EmitChoices {
  readonly stream?: string;
  readonly task?: number;
  readonly anchors?: Tuple<unknown> | readonly Tuple<unknown>[];
}

/** One task and what belongs to it. */
interface Place {
  readonly task: number;
  readonly mailbox: Mailbox;
  /** Tuples taken and neither acked nor failed. */
  readonly held: Set<NativeTuple>;
  running: number;
}

/** Runs bolts: takes inputs while nothing it emitted waits for room. */
export class BoltExecutor extends Executor<BoltTask<unknown>> {
  readonly #bolt: Bolt<unknown, Streams>;
  readonly #places: readonly Place[];
  readonly #cycle: CycleBudget | null;
  #forcedEntries = 0;
  #entryTimer = false;

  constructor(
    fabric: Fabric,
    plan: ExecutorPlan,
    bolt: Bolt<unknown, Streams>,
    mailboxTuples: number,
  ) {
    super(fabric, plan);
    this.#bolt = bolt;
    const cycle = fabric.processors.get(plan.component)?.cycle ?? null;
    this.#cycle = cycle === null ? null : (fabric.cycles.get(cycle) ?? null);
    this.#places = this.taskIds.map((task) => ({
      task,
      mailbox: new Mailbox(mailboxTuples),
      held: new Set<NativeTuple>(),
      running: 0,
    }));
    for (const { task, mailbox } of this.#places) {
      fabric.inlets.set(task, { mailbox, cycle, wake: () => this.wake() });
    }
    const { tickSecs } = bolt.definition;
    if (tickSecs !== undefined) this.#tickLater(tickSecs * 1000);
  }

  /** Inputs that wait. */
  get queued(): number {
    return this.#places.reduce((sum, { mailbox }) => sum + mailbox.size, 0);
  }

  /** Calls of user code that have not ended. */
  get running(): number {
    return this.#places.reduce((sum, place) => sum + place.running, 0);
  }

  protected override get isBusy(): boolean {
    return this.running > 0;
  }

  protected override async openTask(
    task: number,
    context: TopologyContext,
  ): Promise<BoltTask<unknown>> {
    return this.#bolt.definition.prepare(context, this.#collector(task, this.life));
  }

  protected override async closeTask(task: BoltTask<unknown>): Promise<void> {
    await task.cleanup?.();
  }

  /** What the tasks held cannot be acked any more: its trees fail at once. */
  protected override onCrash(): void {
    for (const place of this.#places) {
      const lost = [...place.held];
      place.held.clear();
      place.running = 0;
      for (const tuple of lost) this.#settle(tuple, true);
    }
  }

  protected override work(): boolean {
    let worked = false;
    for (const [index, place] of this.#places.entries()) {
      for (let taken = 0; taken < burstTuples && this.#mayTake(place); taken++) {
        const input = this.#take(place);
        if (input === undefined) break;
        worked = true;
        this.#execute(place, index, input);
        if (!this.isOpen) return false;
      }
    }
    return worked;
  }

  #mayTake(place: Place): boolean {
    const { concurrency = 1 } = this.#bolt.definition;
    return !this.emitter.isBlocked && place.running < concurrency;
  }

  #take({ mailbox }: Place): Input | undefined {
    const cycle = this.#cycle;
    if (cycle === null) return mailbox.take(true);
    const admits = cycle.admitsEntry || this.#forcedEntries > 0;
    const fromLoop = mailbox.hasLoopInput;
    const input = mailbox.take(admits);
    if (input === undefined && mailbox.size > 0) this.#forceEntryLater();
    if (input === undefined || input === tick) return input;
    cycle.held -= 1;
    if (!fromLoop && !cycle.admitsEntry) this.#forcedEntries = 0;
    return input;
  }

  #forceEntryLater(): void {
    if (this.#entryTimer) return;
    this.#entryTimer = true;
    this.fabric.clock.after(entryPauseMs, () => {
      this.#entryTimer = false;
      this.#forcedEntries = 1;
      this.wake();
    });
  }

  #execute(place: Place, index: number, input: Input): void {
    const { life } = this;
    const user = this.tasks[index];
    if (user === undefined) return;
    if (input !== tick) place.held.add(input);
    place.running += 1;
    const code = () => (input === tick ? user.tick?.() : user.execute(input));
    call(code, {
      done: () => {
        if (life !== this.life) return;
        place.running -= 1;
        if (input !== tick) this.fabric.observer.onExecuted?.(this.plan.component);
        this.wake();
      },
      failed: (error) => this.crash(place.task, error, life),
    });
  }

  #collector(task: number, life: number): OutputCollector<Streams> {
    const place = this.#places[task - this.plan.firstTask] as Place;
    return {
      emit: (values, options = {}) => this.#emit(task, life, values, options as EmitChoices),
      ack: (tuple) => this.#end(place, life, tuple, false),
      fail: (tuple) => this.#end(place, life, tuple, true),
      reportError: (error) => this.report(task, error, false),
    };
  }

  #emit(task: number, life: number, values: object, options: EmitChoices): readonly number[] {
    if (life !== this.life) return [];
    const stream = this.emitter.stream(options.stream ?? 'default');
    const list = listOf(stream, values);
    const targets = this.emitter.choose(stream, task, list, options.task);
    const anchors = anchorsOf(options.anchors);
    const { random } = this.fabric;
    this.emitter.publish(stream, task, list, targets, () => childRoots(anchors, random));
    return targets;
  }

  /** A tuple ends once: Storm's acker would be confused by a second ack, ours does not hear of it. */
  #end(place: Place, life: number, tuple: Tuple<unknown>, failed: boolean): void {
    if (!(tuple instanceof NativeTuple)) throw new TypeError('only a received tuple can be acked');
    if (life !== this.life || !place.held.delete(tuple)) return;
    this.#settle(tuple, failed);
  }

  #settle(tuple: NativeTuple, failed: boolean): void {
    const { childrenHigh, childrenLow } = tuple;
    for (const edge of tuple.roots) {
      const owner = this.fabric.rootOwners.get(edge.spoutTask);
      owner?.onDelta(edge, edge.high ^ childrenHigh, edge.low ^ childrenLow, failed);
    }
  }

  #tickLater(everyMs: number): void {
    this.fabric.clock.after(everyMs, () => {
      for (const { mailbox } of this.#places) mailbox.putTick();
      this.wake();
      this.#tickLater(everyMs);
    });
  }
}

function anchorsOf(anchors: EmitChoices['anchors']): readonly NativeTuple[] {
  if (anchors === undefined) return [];
  const list: readonly Tuple<unknown>[] = Array.isArray(anchors) ? anchors : [anchors];
  return list.map((anchor) => {
    if (anchor instanceof NativeTuple) return anchor;
    throw new TypeError('an anchor is a tuple that this bolt has received');
  });
}
