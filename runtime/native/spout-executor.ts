import type {
  Spout,
  SpoutCollector,
  SpoutTask,
  Streams,
  TopologyContext,
} from '../../storm-api/builder/index.ts';
import type { ExecutorPlan } from '../../translator/index.ts';
import type { TimedOutTrees } from '../wire/index.ts';
import { type QueueState, unboundedCapacity } from './builtin-metrics.ts';
import { isThenable } from './call.ts';
import { listOf } from './emitted-values.ts';
import type { OutputStream } from './emitter.ts';
import { Executor } from './executor.ts';
import type { Credentials, Fabric } from './fabric.ts';
import { FollowedTrees } from './followed-trees.ts';
import { NativeTuple, type Source } from './native-tuple.ts';
import { type Outcome, PendingTable } from './pending-table.ts';
import { Queue } from './queue.ts';
import { follow, type RootOwner } from './settle.ts';
import { estimateBytes } from './size-estimate.ts';
import { readLags, type TaskLags } from './source-lags.ts';
import type { SpoutSettings } from './spout-settings.ts';
import { type TargetChoice, TaskTargets } from './task-targets.ts';
import { TimeoutLog } from './timeout-log.ts';
import { callOf, type UserCall } from './user-call.ts';

/** Calls of user code in one step, before others have their turn. */
const burstCalls = 64;
/** A rotation that comes so late finds more to be heard first: what waits in sockets. */
const lateMs = 100;

interface EmitChoices extends TargetChoice {
  readonly messageId?: unknown;
}

/** Runs spouts: their acks and fails first, then nextTuple, never one inside the other. */
export class SpoutExecutor extends Executor<SpoutTask> implements RootOwner, Outcome {
  readonly #spout: Spout<Streams>;
  readonly #settings: SpoutSettings;
  readonly #pending: PendingTable;
  readonly #trees: FollowedTrees;
  readonly #timeoutLog: TimeoutLog;
  readonly #sources: ReadonlyMap<number, Source>;
  readonly #calls = new Queue<UserCall>();
  /** What each task was told last: those that were replaced twice before are told once. */
  readonly #toldCredentials = new Map<number, Credentials>();
  #active = false;
  /** A call of user code has not ended. */
  #busy = false;
  /** Number of the rest that goes on; 0 while there is none. */
  #rest = 0;
  #rests = 0;
  /** A spout is asked again when a promise of its own settles. */
  #awaitsTuples = false;
  #rotating = false;
  #nextTask = 0;
  #emitted = false;

  constructor(fabric: Fabric, plan: ExecutorPlan, spout: Spout<Streams>, settings: SpoutSettings) {
    super(fabric, plan);
    const nowMs = fabric.clock.now();
    this.#spout = spout;
    this.#settings = settings;
    this.#pending = new PendingTable(fabric.incarnation, this);
    this.#trees = new FollowedTrees(
      fabric.plan.processors.map(({ id }) => id),
      nowMs,
    );
    this.#timeoutLog = new TimeoutLog(plan.component, nowMs, (sentence) =>
      fabric.observer.onRemark?.(sentence),
    );
    const own = fabric.sources.filter(({ component }) => component === plan.component);
    this.#sources = new Map(own.map((source) => [source.number, source]));
    for (const task of this.taskIds) fabric.rootOwners[task] = this;
    if (settings.timeoutMs > 0) this.#rotateAt(nowMs + settings.timeoutMs, false);
  }

  get pendingCount(): number {
    return this.#pending.size;
  }

  protected override get timedOut(): TimedOutTrees {
    return this.#trees.timedOut();
  }

  /** Of the tasks that read partitions. */
  lags(): readonly TaskLags[] {
    const spouts = this.isOpen ? this.tasks : [];
    return readLags(spouts, this.plan, (task, error) => this.report(task, error, false));
  }

  activate(active: boolean): void {
    if (this.#active === active) return;
    this.#active = active;
    if (this.isOpen) this.#callAll(active ? 'activate' : 'deactivate');
  }

  onDelta(
    _task: number,
    high: number,
    low: number,
    xorHigh: number,
    xorLow: number,
    failed: boolean,
  ): void {
    if (failed) this.#pending.fail(high, low);
    else this.#pending.apply(high, low, xorHigh, xorLow);
    this.wake();
  }

  onTree(_task: number, high: number, low: number, component: number, tuples: number): void {
    this.#trees.add(high, low, component, tuples);
  }

  completed(task: number, stream: number, messageId: unknown, stampMs: number): void {
    const source = this.#sources.get(stream);
    if (source === undefined) return;
    const latencyMs = stampMs === 0 ? null : performance.now() - stampMs;
    if (latencyMs === null) this.counts.acked.add(source);
    else this.counts.acked.addSampled(source, latencyMs);
    this.fabric.observer.onAcked?.(this.plan.component, messageId);
    this.#calls.push({ kind: 'ack', task, messageId, latencyMs });
  }

  failed(task: number, stream: number, messageId: unknown): void {
    const source = this.#sources.get(stream);
    if (source === undefined) return;
    this.counts.failed.add(source);
    this.fabric.observer.onFailed?.(this.plan.component, messageId, this.#rotating);
    this.#calls.push({ kind: 'fail', task, messageId, latencyMs: null });
  }

  onTimeout(high: number, low: number): void {
    this.#trees.onTimeout(high, low);
  }

  followedEnded(high: number, low: number): void {
    this.#trees.end(high, low);
  }

  /** Its spouts have emitted all that they ever will, unless some of it fails. */
  get hasEnded(): boolean {
    return this.tasks.length > 0 && this.tasks.every((task) => task.idle?.() === 'ended');
  }

  protected override get received(): QueueState {
    const { acked, failed } = this.counts;
    const waiting = this.#calls.size;
    const capacity = (this.#settings.maxPending ?? unboundedCapacity) * this.taskIds.length;
    return { capacity, waiting, taken: Math.max(0, acked.total + failed.total - waiting) };
  }

  protected override get isBusy(): boolean {
    return this.#busy || (this.#rest > 0 && this.#awaitsTuples);
  }

  protected override get isCalling(): boolean {
    return this.#busy;
  }

  protected override get isHeldBack(): boolean {
    return this.#active && (this.emitter.isBlocked || this.#room <= 0);
  }

  protected override async openTask(task: number, context: TopologyContext): Promise<SpoutTask> {
    return this.#spout.definition.open(context, this.#collector(task, this.life));
  }

  protected override async closeTask(task: SpoutTask): Promise<void> {
    await task.close?.();
  }

  protected override onOpen(): void {
    if (this.#active) this.#callAll('activate');
  }

  /** Its trees are forgotten: what still comes for them finds nothing. */
  protected override onCrash(): void {
    this.#pending.clear();
    this.#calls.clear();
    this.#busy = false;
    this.#rest = 0;
  }

  protected override work(): boolean {
    this.#pending.settle();
    this.#trees.onTime(this.fabric.clock.now());
    for (let calls = 0; calls < burstCalls; calls++) {
      if (this.#busy || !this.isOpen) return false;
      const next = this.#calls.shift();
      if (next !== undefined) this.#answer(next);
      else if (!this.#mayAsk()) return false;
      else this.#callNextTuple();
      if (this.#pending.hasUnsettled) this.#pending.settle();
    }
    return !this.#busy && this.isOpen;
  }

  #answer(call: UserCall): void {
    if (call.kind === 'credentials') {
      const { credentials } = this.fabric;
      if (this.#toldCredentials.get(call.task) === credentials) return;
      this.#toldCredentials.set(call.task, credentials);
    }
    this.#rest = 0; // it may give the spout something to emit
    this.#run(call.task, call);
  }

  #mayAsk(): boolean {
    return this.#active && this.#rest === 0 && !this.emitter.isBlocked && this.#room > 0;
  }

  /** @param what null for nextTuple */
  #run(task: number, what: UserCall | null): void {
    const user = this.tasks[task - this.plan.firstTask];
    if (user === undefined) return;
    const { mark } = this.fabric;
    let answer: unknown;
    mark.enter(task);
    try {
      answer = what === null ? user.nextTuple() : callOf(user, what, this.fabric.credentials);
      if (!isThenable(answer)) this.#tellHooks(what);
    } catch (error) {
      this.crash(task, error);
      return;
    } finally {
      mark.leave();
    }
    if (!isThenable(answer)) return;
    const { life } = this;
    this.#busy = true;
    const done = () => {
      if (life !== this.life) return;
      this.#busy = false;
      this.#tellHooks(what);
      if (what === null) this.#restIfQuiet();
      this.wake();
    };
    answer.then(done).then(undefined, (error) => this.crash(task, error, life));
  }

  #tellHooks(call: UserCall | null): void {
    if (call === null || !('messageId' in call)) return;
    const { kind, task, messageId, latencyMs } = call;
    const hooks = this.hooksOf(task);
    if (kind === 'ack') {
      hooks?.spoutAck({ messageId, spoutTaskId: task, completeLatencyMs: latencyMs });
    } else {
      hooks?.spoutFail({ messageId, spoutTaskId: task, failLatencyMs: latencyMs });
    }
  }

  #callNextTuple(): void {
    if (this.#nextTask === 0) this.#emitted = false;
    const task = this.plan.firstTask + this.#nextTask;
    this.#nextTask = (this.#nextTask + 1) % this.tasks.length;
    this.#run(task, null);
    if (!this.#busy && this.isOpen) this.#restIfQuiet();
  }

  /** After a round that emitted nothing: until a spout says so itself, else as Storm's wait strategy. */
  #restIfQuiet(): void {
    if (this.#nextTask !== 0 || this.#emitted) return;
    this.#rests += 1;
    const rest = this.#rests;
    this.#rest = rest;
    const over = () => {
      if (rest !== this.#rest) return;
      this.#rest = 0;
      this.wake();
    };
    const waits = this.tasks.map((task) => task.idle?.());
    if (waits.includes(undefined)) this.fabric.clock.after(this.#settings.idleMs, over);
    const promises = waits.filter((wait) => typeof wait === 'object');
    this.#awaitsTuples = promises.length > 0;
    for (const promise of promises) promise.then(over, over);
  }

  /** Trees that may begin before the bound is reached. */
  get #room(): number {
    const { maxPending } = this.#settings;
    if (maxPending === null) return Number.POSITIVE_INFINITY;
    return maxPending * this.tasks.length - this.#pending.size;
  }

  protected override tellCredentials(): void {
    this.#callAll('credentials');
  }

  #callAll(kind: 'activate' | 'deactivate' | 'credentials'): void {
    for (const task of this.taskIds) this.#calls.push({ kind, task });
    this.wake();
  }

  #collector(task: number, life: number): SpoutCollector<Streams> {
    const from = new TaskTargets(this.emitter, task, life);
    return {
      emit: (values, options) => this.#emit(from, values, options as EmitChoices | undefined),
      foresee: (stream) => from.foresee(stream),
      room: () => this.emitter.room(),
      pendingRoom: () => Math.floor(this.#room / this.tasks.length),
      reportError: (error) => this.report(task, error, false),
    };
  }

  #emit(from: TaskTargets, values: object, options: EmitChoices | undefined): readonly number[] {
    const { task, life } = from;
    if (life !== this.life) return [];
    const stream = from.stream(options);
    const messageId = options?.messageId ?? null;
    this.#emitted = true;
    if (stream === null) {
      if (messageId !== null) this.#calls.push({ kind: 'ack', task, messageId, latencyMs: null });
      this.wake();
      return [];
    }
    const list = listOf(stream, values);
    const targets = from.of(stream, list, options);
    const hooks = this.hooksOf(task);
    if (hooks !== null) {
      hooks.emit({ values: list, stream: stream.source.stream, taskId: task, outTasks: targets });
    }
    this.emitter.onEmit(stream.source, task, list, targets.length);
    if (messageId !== null && this.#settings.tracks) {
      this.#publishTree(stream, task, list, targets, messageId);
    } else {
      const bytes = estimateBytes(list);
      for (const target of targets) {
        const tuple = new NativeTuple(stream.source, task, target, list);
        tuple.bytes = bytes;
        this.emitter.deliver(tuple);
      }
      if (messageId !== null) this.completed(task, stream.source.number, messageId, 0);
    }
    return targets;
  }

  /** One edge per target; the tree is known before any of its tuples is on its way. */
  #publishTree(
    { source }: OutputStream,
    task: number,
    list: readonly unknown[],
    targets: readonly number[],
    messageId: unknown,
  ): void {
    const { edges, rootOwners, componentIndexes } = this.fabric;
    const followed = this.#trees.pick();
    this.#pending.nextRoot(followed);
    const { rootHigh, rootLow } = this.#pending;
    const tuples = new Array<NativeTuple>(targets.length);
    const bytes = estimateBytes(list);
    let xorHigh = 0;
    let xorLow = 0;
    for (let index = 0; index < targets.length; index++) {
      const tuple = new NativeTuple(source, task, targets[index] as number, list);
      edges.draw();
      tuple.bytes = bytes;
      tuple.rootTask = task;
      tuple.rootHigh = rootHigh;
      tuple.rootLow = rootLow;
      tuple.edgeHigh = edges.high;
      tuple.edgeLow = edges.low;
      xorHigh ^= edges.high;
      xorLow ^= edges.low;
      tuples[index] = tuple;
    }
    const stampMs = this.sampler.picks() ? performance.now() : 0;
    const stream = source.number;
    this.#pending.put({ xorHigh, xorLow, edges: tuples.length, task, stream, messageId, stampMs });
    if (followed) this.#trees.begin(rootHigh, rootLow);
    for (let index = 0; index < tuples.length; index++) {
      const tuple = tuples[index] as NativeTuple;
      if (followed) follow(tuple, componentIndexes[tuple.targetTask] ?? -1, 1, rootOwners);
      this.emitter.deliver(tuple);
    }
    if (tuples.length === 0) this.wake();
  }

  /**
   * After user code has kept the thread for long the acks of other workers still wait to be read:
   * then the rotation is put off, once.
   */
  #rotateAt(dueMs: number, isPutOff: boolean): void {
    const { clock } = this.fabric;
    clock.after(dueMs - clock.now(), () => {
      const nowMs = clock.now();
      if (!isPutOff && nowMs - dueMs > lateMs) {
        this.#rotateAt(nowMs + lateMs, true);
        return;
      }
      this.#rotating = true;
      this.#pending.rotate();
      this.#rotating = false;
      this.#timeoutLog.sayIfDue(nowMs, this.#trees.timedOut());
      this.wake();
      this.#rotateAt(nowMs + this.#settings.timeoutMs, false);
    });
  }
}
