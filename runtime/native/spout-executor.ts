import type {
  Spout,
  SpoutCollector,
  SpoutTask,
  Streams,
  TopologyContext,
} from '../../storm-api/builder/index.ts';
import type { ExecutorPlan } from '../../translator/index.ts';
import { call } from './call.ts';
import { listOf } from './emitted-values.ts';
import { Executor } from './executor.ts';
import type { Fabric, RootOwner } from './fabric.ts';
import type { RootEdge } from './native-tuple.ts';
import { PendingTable } from './pending-table.ts';

interface Root {
  readonly task: number;
  readonly messageId: unknown;
}

interface EmitChoices {
  readonly stream?: string;
  readonly task?: number;
  readonly messageId?: unknown;
}

interface UserCall {
  readonly task: number;
  readonly code: (task: SpoutTask) => unknown;
}

export interface SpoutSettings {
  /** Trees that may be unfinished per task; null for no bound. */
  readonly maxPending: number | null;
  /** 0 when trees never time out. */
  readonly timeoutMs: number;
  /** After a round of nextTuple calls that emitted nothing. */
  readonly idleMs: number;
  /** False without ackers: every tuple is acked as it is emitted. */
  readonly tracks: boolean;
}

/** Runs spouts: their acks and fails first, then nextTuple, never one inside the other. */
export class SpoutExecutor extends Executor<SpoutTask> implements RootOwner {
  readonly #spout: Spout<Streams>;
  readonly #settings: SpoutSettings;
  #pending: PendingTable<Root>;
  #calls: UserCall[] = [];
  #active = false;
  /** A call of user code has not ended. */
  #busy = false;
  /** Number of the rest that goes on; 0 while there is none. */
  #rest = 0;
  #rests = 0;
  /** A spout is asked again when a promise of its own settles. */
  #awaitsTuples = false;
  #nextTask = 0;
  #emitted = false;

  constructor(fabric: Fabric, plan: ExecutorPlan, spout: Spout<Streams>, settings: SpoutSettings) {
    super(fabric, plan);
    this.#spout = spout;
    this.#settings = settings;
    this.#pending = this.#newTable();
    for (const task of this.taskIds) fabric.rootOwners.set(task, this);
    if (settings.timeoutMs > 0) this.#rotateLater();
  }

  get pendingCount(): number {
    return this.#pending.size;
  }

  activate(active: boolean): void {
    if (this.#active === active) return;
    this.#active = active;
    if (this.isOpen) this.#callAll((task) => (active ? task.activate?.() : task.deactivate?.()));
  }

  /** Deltas of an earlier life of the executor find no tree. */
  onDelta(edge: RootEdge, high: number, low: number, failed: boolean): void {
    if (edge.incarnation !== this.life) return;
    if (failed) this.#pending.fail(edge.sequence);
    else this.#pending.apply(edge.sequence, high, low);
    this.wake();
  }

  /** Its spouts have emitted all that they ever will, unless some of it fails. */
  get hasEnded(): boolean {
    return this.tasks.length > 0 && this.tasks.every((task) => task.idle?.() === 'ended');
  }

  protected override get isBusy(): boolean {
    return this.#busy || (this.#rest > 0 && this.#awaitsTuples);
  }

  protected override async openTask(task: number, context: TopologyContext): Promise<SpoutTask> {
    return this.#spout.definition.open(context, this.#collector(task, this.life));
  }

  protected override async closeTask(task: SpoutTask): Promise<void> {
    await task.close?.();
  }

  protected override onOpen(): void {
    if (this.#active) this.#callAll((task) => task.activate?.());
  }

  protected override onCrash(): void {
    this.#pending = this.#newTable();
    this.#calls = [];
    this.#busy = false;
    this.#rest = 0;
  }

  protected override work(): boolean {
    if (this.#busy) return false;
    this.#pending.settle();
    const next = this.#calls.shift();
    if (next !== undefined) {
      this.#rest = 0; // it may give the spout something to emit
      return this.#run(next.task, next.code);
    }
    if (!this.#active || this.#rest > 0 || this.emitter.isBlocked || this.#isFull()) return false;
    return this.#callNextTuple();
  }

  /** True when the executor may go on at once. */
  #run(task: number, code: (task: SpoutTask) => unknown): boolean {
    const { life } = this;
    const user = this.tasks[task - this.plan.firstTask];
    if (user === undefined) return true;
    this.#busy = true;
    const ended = call(() => code(user), {
      done: () => {
        if (life !== this.life) return;
        this.#busy = false;
        this.wake();
      },
      failed: (error) => this.crash(task, error, life),
    });
    return ended && life === this.life;
  }

  #callNextTuple(): boolean {
    if (this.#nextTask === 0) this.#emitted = false;
    const task = this.plan.firstTask + this.#nextTask;
    this.#nextTask = (this.#nextTask + 1) % this.tasks.length;
    const ended = this.#run(task, (user) => user.nextTuple());
    if (this.#nextTask === 0 && !this.#emitted && this.isOpen) this.#restABit();
    return ended && this.#rest === 0;
  }

  /** Until a spout says so itself, else as Storm's wait strategy. */
  #restABit(): void {
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

  #isFull(): boolean {
    const { maxPending } = this.#settings;
    return maxPending !== null && this.#pending.size >= maxPending * this.tasks.length;
  }

  #callAll(code: (task: SpoutTask) => unknown): void {
    for (const task of this.taskIds) this.#calls.push({ task, code });
    this.wake();
  }

  #collector(task: number, life: number): SpoutCollector<Streams> {
    return {
      emit: (values, options = {}) => this.#emit(task, life, values, options as EmitChoices),
      reportError: (error) => this.report(task, error, false),
    };
  }

  #emit(task: number, life: number, values: object, options: EmitChoices): readonly number[] {
    if (life !== this.life) return [];
    const stream = this.emitter.stream(options.stream ?? 'default');
    const list = listOf(stream, values);
    const targets = this.emitter.choose(stream, task, list, options.task);
    const { messageId } = options;
    this.#emitted = true;
    if (messageId === undefined || messageId === null || !this.#settings.tracks) {
      this.emitter.publish(stream, task, list, targets, () => []);
      if (messageId !== undefined && messageId !== null) this.#finish({ task, messageId }, 'ack');
      return targets;
    }
    const edges = this.#registerRoot({ task, messageId }, targets.length);
    this.emitter.publish(stream, task, list, targets, (index) => [edges[index] as RootEdge]);
    if (targets.length === 0) this.wake();
    return targets;
  }

  /** One edge per target; the tree is known before any of its tuples is on its way. */
  #registerRoot(root: Root, targets: number): readonly RootEdge[] {
    const sequence = this.#pending.nextSequence();
    const { random } = this.fabric;
    const edges = Array.from({ length: targets }, () => ({
      spoutTask: root.task,
      incarnation: this.life,
      sequence,
      high: random.int(),
      low: random.int() | 1,
    }));
    const high = edges.reduce((xor, edge) => xor ^ edge.high, 0);
    const low = edges.reduce((xor, edge) => xor ^ edge.low, 0);
    this.#pending.put(sequence, root, { high, low }, targets);
    return edges;
  }

  #newTable(): PendingTable<Root> {
    return new PendingTable<Root>({
      completed: (root) => this.#finish(root, 'ack'),
      failed: (root, timedOut) => this.#finish(root, 'fail', timedOut),
    });
  }

  #finish({ task, messageId }: Root, end: 'ack' | 'fail', timedOut = false): void {
    const { observer } = this.fabric;
    if (end === 'ack') observer.onAcked?.(this.plan.component, messageId);
    else observer.onFailed?.(this.plan.component, messageId, timedOut);
    this.#calls.push({ task, code: (user) => user[end]?.(messageId) });
  }

  #rotateLater(): void {
    this.fabric.clock.after(this.#settings.timeoutMs, () => {
      this.#pending.rotate();
      this.wake();
      this.#rotateLater();
    });
  }
}
