import type {
  Bolt,
  BoltTask,
  OutputCollector,
  Streams,
  TopologyContext,
  Tuple,
} from '../../storm-api/builder/index.ts';
import type { ExecutorPlan } from '../../translator/index.ts';
import type { QueueStats } from '../wire/index.ts';
import { anchor } from './anchoring.ts';
import type { QueueState } from './builtin-metrics.ts';
import { isThenable } from './call.ts';
import { ComponentConfig } from './component-config.ts';
import type { CycleBudget } from './cycle-budget.ts';
import { listOf } from './emitted-values.ts';
import { Executor } from './executor.ts';
import type { Fabric } from './fabric.ts';
import { HeldTuples } from './held-tuples.ts';
import { LocalInlet } from './local-inlet.ts';
import { type Input, Mailbox, type Room, tick } from './mailbox.ts';
import { NativeTuple } from './native-tuple.ts';
import { follow, settle } from './settle.ts';
import { estimateBytes } from './size-estimate.ts';
import { type InputCounts, Sampler } from './task-counts.ts';
import { type TargetChoice, TaskTargets } from './task-targets.ts';

const burstTuples = 64;
/** A cycle that is full still lets one tuple in per so long, or it could never drain by its exit. */
const entryPauseMs = 3;

interface EmitChoices extends TargetChoice {
  readonly anchors?: Tuple<unknown> | readonly Tuple<unknown>[];
}

/** One task and what belongs to it. */
interface Place {
  readonly task: number;
  readonly mailbox: Mailbox;
  readonly held: HeldTuples;
  running: number;
  /** It is to be told of credentials, before its next input. */
  hasNewCredentials: boolean;
}

const newCredentials = Symbol('new credentials');
/** What a task is called for. */
type Work = Input | typeof newCredentials;

const noAnchors: readonly NativeTuple[] = [];

/** Runs bolts: takes inputs while nothing it emitted waits for room. */
export class BoltExecutor extends Executor<BoltTask<unknown>> {
  readonly #bolt: Bolt<unknown, Streams>;
  readonly #places: readonly Place[];
  /** What its mailboxes hold before emitters stop. */
  readonly #queueMax: number;
  readonly #cycle: CycleBudget | null;
  readonly #concurrency: number;
  /** Place of the component in the plan, by which followed trees are counted. */
  readonly #component: number;
  #forcedEntries = 0;
  /** Inputs that were ever taken, whatever became of them. */
  #taken = 0;
  #entryTimer = false;

  constructor(fabric: Fabric, plan: ExecutorPlan, bolt: Bolt<unknown, Streams>, room: Room) {
    super(fabric, plan);
    this.#bolt = bolt;
    this.#queueMax = room.tuples * this.taskIds.length;
    this.#concurrency = bolt.definition.concurrency ?? 1;
    this.#component = fabric.plan.processors.findIndex(({ id }) => id === plan.component);
    const ordinal = fabric.processors.get(plan.component)?.cycle ?? null;
    this.#cycle = ordinal === null ? null : (fabric.cycles.get(ordinal) ?? null);
    this.#places = this.taskIds.map((task) => ({
      task,
      mailbox: new Mailbox(room, new Sampler(this.sampleRate)),
      held: new HeldTuples(),
      running: 0,
      hasNewCredentials: false,
    }));
    const cycle =
      ordinal === null || this.#cycle === null ? null : { ordinal, budget: this.#cycle };
    for (const { task, mailbox } of this.#places) {
      fabric.inlets[task] = new LocalInlet(mailbox, cycle, () => this.wake());
    }
    const tickSecs = bolt.definition.tickSecs ?? configuredTickSecs(fabric, plan.component);
    if (tickSecs !== null) this.#tickLater(tickSecs * 1000);
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

  protected override get isHeldBack(): boolean {
    return this.emitter.isBlocked;
  }

  protected override get received(): QueueState {
    return { capacity: this.#queueMax, waiting: this.queued, taken: this.#taken };
  }

  protected override get queue(): QueueStats {
    return { tuples: this.queued, tuplesMax: this.#queueMax, bytes: null };
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
      place.running = 0;
      place.hasNewCredentials = false;
      for (const tuple of place.held.takeAll()) this.#settle(tuple, true);
    }
  }

  protected override tellCredentials(): void {
    for (const place of this.#places) place.hasNewCredentials = true;
    this.wake();
  }

  protected override work(): boolean {
    let worked = false;
    for (let index = 0; index < this.#places.length; index++) {
      const place = this.#places[index] as Place;
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
    return place.running < this.#concurrency && !this.emitter.isBlocked;
  }

  #take(place: Place): Work | undefined {
    if (place.hasNewCredentials) {
      place.hasNewCredentials = false;
      return newCredentials;
    }
    const input = this.#takeInput(place);
    if (input !== undefined) this.#taken += 1;
    return input;
  }

  #takeInput({ mailbox }: Place): Input | undefined {
    const cycle = this.#cycle;
    if (cycle === null) return mailbox.take(true);
    const admits = cycle.admitsEntry || this.#forcedEntries > 0;
    const fromLoop = mailbox.hasLoopInput;
    const input = mailbox.take(admits);
    if (input === undefined && mailbox.size > 0) this.#forceEntryLater();
    if (input === undefined || input === tick) return input;
    if (fromLoop) cycle.remove(input.bytes);
    else if (!cycle.admitsEntry) this.#forcedEntries = 0;
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

  #execute(place: Place, index: number, work: Work): void {
    const user = this.tasks[index];
    if (user === undefined) return;
    const tuple = typeof work === 'symbol' ? null : work;
    if (tuple !== null) {
      tuple.link?.onTaken(tuple);
      place.held.add(tuple);
      if (tuple.startMs !== 0) this.counts.queueLatencies.add(performance.now() - tuple.startMs);
      tuple.startMs = this.sampler.picks() ? performance.now() : 0;
    }
    const { mark } = this.fabric;
    let answer: unknown;
    mark.enter(place.task);
    try {
      answer = this.#call(user, work);
    } catch (error) {
      this.crash(place.task, error);
      return;
    } finally {
      mark.leave();
    }
    if (isThenable(answer)) this.#await(place, tuple, answer);
    else if (tuple !== null) this.#executed(place.task, tuple);
  }

  #call(user: BoltTask<unknown>, work: Work): unknown {
    if (work === tick) return user.tick?.();
    if (work === newCredentials) return user.setCredentials?.(this.fabric.credentials);
    return user.execute(work);
  }

  /** A call that goes on keeps a place of the bolt's concurrency. */
  #await(place: Place, tuple: NativeTuple | null, answer: PromiseLike<unknown>): void {
    const { life } = this;
    place.running += 1;
    const done = () => {
      if (life !== this.life) return;
      place.running -= 1;
      if (tuple !== null) this.#executed(place.task, tuple);
      this.wake();
    };
    answer.then(done, (error) => this.crash(place.task, error, life));
  }

  #executed(task: number, tuple: NativeTuple): void {
    const latencyMs = count(this.counts.executed, tuple);
    this.fabric.observer.onExecuted?.(this.plan.component);
    const hooks = this.hooksOf(task);
    if (hooks === null) return;
    try {
      hooks.boltExecute({ tuple, executingTaskId: task, executeLatencyMs: latencyMs });
    } catch (error) {
      this.crash(task, error);
    }
  }

  #collector(task: number, life: number): OutputCollector<Streams> {
    const place = this.#places[task - this.plan.firstTask] as Place;
    const from = new TaskTargets(this.emitter, task, life);
    return {
      emit: (values, options) => this.#emit(from, values, options as EmitChoices | undefined),
      foresee: (stream) => from.foresee(stream),
      ack: (tuple) => this.#end(place, tuple, false),
      fail: (tuple) => this.#end(place, tuple, true),
      room: () => this.emitter.room(),
      reportError: (error) => this.report(task, error, false),
    };
  }

  #emit(from: TaskTargets, values: object, options: EmitChoices | undefined): readonly number[] {
    const { task, life } = from;
    const stream = life === this.life ? from.stream(options) : null;
    if (stream === null) return [];
    const list = listOf(stream, values);
    const targets = from.of(stream, list, options);
    const anchors = anchorsOf(options?.anchors);
    const { source } = stream;
    const hooks = this.hooksOf(task);
    if (hooks !== null) {
      hooks.emit({ values: list, stream: source.stream, taskId: task, outTasks: targets });
    }
    this.emitter.onEmit(source, task, list, targets.length);
    const bytes = estimateBytes(list);
    for (let index = 0; index < targets.length; index++) {
      const target = targets[index] as number;
      const tuple = new NativeTuple(source, task, target, list);
      tuple.bytes = bytes;
      if (anchors.length > 0) {
        anchor(tuple, anchors, this.fabric.edges);
        follow(tuple, this.fabric.componentIndexes[target] ?? -1, 1, this.fabric.rootOwners);
      }
      this.emitter.deliver(tuple);
    }
    return targets;
  }

  /** A tuple ends once: Storm's acker would be confused by a second ack, ours does not hear of it. */
  #end(place: Place, tuple: Tuple<unknown>, failed: boolean): void {
    if (!(tuple instanceof NativeTuple)) throw new TypeError('only a received tuple can be acked');
    if (!place.held.remove(tuple)) return;
    const latencyMs = count(failed ? this.counts.failed : this.counts.acked, tuple);
    this.#settle(tuple, failed);
    const hooks = this.hooksOf(place.task);
    if (hooks === null) return;
    if (failed) hooks.boltFail({ tuple, failingTaskId: place.task, failLatencyMs: latencyMs });
    else hooks.boltAck({ tuple, ackingTaskId: place.task, processLatencyMs: latencyMs });
  }

  #settle(tuple: NativeTuple, failed: boolean): void {
    const { rootOwners } = this.fabric;
    if (!failed) follow(tuple, this.#component, -1, rootOwners);
    settle(tuple, failed, rootOwners);
  }

  #tickLater(everyMs: number): void {
    this.fabric.clock.after(everyMs, () => {
      for (const { mailbox } of this.#places) mailbox.putTick();
      this.wake();
      this.#tickLater(everyMs);
    });
  }
}

/** Storm's own components get no ticks. */
function configuredTickSecs(fabric: Fabric, component: string): number | null {
  if (component.startsWith('__')) return null;
  return new ComponentConfig(fabric, component).numberOrNull('topology.tick.tuple.freq.secs');
}

/** @returns the latency since the tuple was taken; null when it is not measured */
function count(counts: InputCounts, tuple: NativeTuple): number | null {
  if (tuple.startMs === 0) {
    counts.add(tuple.source);
    return null;
  }
  const latencyMs = performance.now() - tuple.startMs;
  counts.addSampled(tuple.source, latencyMs);
  return latencyMs;
}

function anchorsOf(anchors: EmitChoices['anchors']): readonly NativeTuple[] {
  if (anchors === undefined) return noAnchors;
  if (anchors instanceof NativeTuple) return [anchors];
  const list: readonly Tuple<unknown>[] = Array.isArray(anchors) ? anchors : [anchors];
  return list.map((each) => {
    if (each instanceof NativeTuple) return each;
    throw new TypeError('an anchor is a tuple that this bolt has received');
  });
}
