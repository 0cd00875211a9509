import { hostname } from 'node:os';
import {
  type DataPoint,
  type MetricsTaskInfo,
  reportValues,
  type TopologyContext,
} from '../../storm-api/builder/index.ts';
import { problemOf } from '../../storm-api/values/index.ts';
import type { ExecutorPlan, Route } from '../../translator/index.ts';
import type { ExecutorStats, QueueStats, TimedOutTrees } from '../wire/index.ts';
import { type QueueState, registerBuiltinMetrics } from './builtin-metrics.ts';
import { ComponentConfig } from './component-config.ts';
import { Emitter } from './emitter.ts';
import type { Credentials, Fabric } from './fabric.ts';
import type { Grouper } from './groupers.ts';
import type { Stepper } from './scheduler.ts';
import { contextOf, type TaskScope } from './task-context.ts';
import { ExecutorCounts, Sampler } from './task-counts.ts';
import { TaskHooks } from './task-hooks.ts';
import { RegisteredMetrics } from './task-metrics.ts';
import { ThreadTimes } from './thread-times.ts';

const restartDelayMinMs = 100;
const restartDelayMaxMs = 30_000;
/** An executor that lived so long begins with the shortest delay again. */
const steadyAfterMs = 60_000;

type State = 'new' | 'opening' | 'open' | 'broken' | 'closed';

/**
 * Runs the tasks of one executor: user code of these tasks is called by it alone, one call after the
 * other. When it throws where Storm's worker would end, only this executor's tasks begin anew.
 */
export abstract class Executor<Task> implements Stepper {
  protected readonly fabric: Fabric;
  protected readonly plan: ExecutorPlan;
  protected readonly emitter: Emitter;
  protected readonly counts: ExecutorCounts;
  /** Of all events, the part of which latencies are measured. */
  protected readonly sampleRate: number;
  protected readonly sampler: Sampler;
  isWaiting = false;
  protected tasks: Task[] = [];
  /** Those of the tasks, and of one that is being opened. */
  #scopes: TaskScope[] = [];
  #state: State = 'new';
  readonly #madeMs: number;
  readonly #times = new ThreadTimes(performance.now());
  #openedMs = 0;
  #restartDelayMs = restartDelayMinMs;
  /** What the tasks were told last, or found when they were made. */
  #credentials: Credentials | null = null;
  /** Counts the executor's lives: what an earlier one has started is not listened to. */
  #life = 0;

  constructor(fabric: Fabric, plan: ExecutorPlan) {
    this.fabric = fabric;
    this.plan = plan;
    this.#madeMs = fabric.clock.now();
    const { component } = plan;
    const streams = fabric.processors.get(component)?.streams ?? [];
    this.counts = new ExecutorCounts(
      streams.map(({ id }) => id),
      fabric.sources,
    );
    const config = new ComponentConfig(fabric, component);
    this.sampleRate = config.number('topology.stats.sample.rate', 0.05);
    this.sampler = new Sampler(this.sampleRate);
    const custom = (route: Route) => this.#customGrouper(route);
    this.emitter = new Emitter(fabric, component, this.counts, custom, () => this.wake());
  }

  /** The tasks' ids, in order. */
  get taskIds(): readonly number[] {
    const { firstTask, lastTask } = this.plan;
    return Array.from({ length: lastTask - firstTask + 1 }, (_, index) => firstTask + index);
  }

  /** Counts since the start, as control shows them. @param nowMs of the run's clock */
  stats(nowMs: number): ExecutorStats {
    const { component, firstTask, lastTask } = this.plan;
    const uptimeMs = nowMs - this.#madeMs;
    const { timedOut, queue } = this;
    const timesMs = performance.now();
    const busyMs = this.#times.totalMs('busy', timesMs);
    const backpressuredMs = this.#times.totalMs('backpressured', timesMs);
    const gauges = { timedOut, queue, busyMs, backpressuredMs };
    return { component, firstTask, lastTask, uptimeMs, ...this.counts.read(), ...gauges };
  }

  /** Inputs that wait, and those that were worked on. */
  protected abstract get received(): QueueState;

  /** null where it is not measured. */
  protected get queue(): QueueStats | null {
    return null;
  }

  /** It has something to do, but no room for what comes of it. */
  protected abstract get isHeldBack(): boolean;

  /** null for bolts. */
  protected get timedOut(): TimedOutTrees | null {
    return null;
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** A promise of user code has not settled. */
  get awaitsUserCode(): boolean {
    return this.#state === 'opening' || this.isBusy;
  }

  protected abstract get isBusy(): boolean;

  /** A call of user code has not ended; one that rests is no such call. */
  protected get isCalling(): boolean {
    return this.isBusy;
  }

  protected get life(): number {
    return this.#life;
  }

  wake(): void {
    this.fabric.scheduler.wake(this);
  }

  /** Makes the tasks and begins to work. */
  start(): void {
    if (this.#state === 'closed') return;
    this.#state = 'opening';
    this.#credentials = this.fabric.credentials;
    this.#life += 1;
    const life = this.#life;
    this.#openAll(life).then(
      () => this.#opened(life),
      (error) => this.crash(this.plan.firstTask, error, life),
    );
  }

  /** Tells open tasks of credentials that are new to them; those being made hear of it afterwards. */
  followCredentials(): void {
    const { credentials } = this.fabric;
    if (this.#state !== 'open' || this.#credentials === credentials) return;
    this.#credentials = credentials;
    this.tellCredentials();
  }

  /** Ends the tasks; resolves when they have been closed. */
  async close(): Promise<void> {
    this.#state = 'closed';
    this.#life += 1;
    for (const [index, task] of this.tasks.entries()) await this.#close(task, index);
  }

  step(): boolean {
    if (this.#state !== 'open') return false;
    this.#times.enter('busy', performance.now());
    const goesOn = this.work();
    const waits = this.isHeldBack ? 'backpressured' : 'idle';
    this.#times.enter(goesOn || this.isCalling ? 'busy' : waits, performance.now());
    return goesOn;
  }

  protected abstract openTask(task: number, context: TopologyContext): Promise<Task>;
  protected abstract closeTask(task: Task): Promise<void>;
  /** As `Stepper.step`, while the tasks are open. */
  protected abstract work(): boolean;
  /** The tasks are gone; what they held is lost. */
  protected abstract onCrash(): void;
  protected onOpen(): void {}
  /** Has `setCredentials` of every task called, in its turn. */
  protected abstract tellCredentials(): void;

  /** @param life in which the call that failed was made */
  protected crash(task: number, error: unknown, life = this.#life): void {
    if (life !== this.#life || this.#state === 'closed') return;
    this.report(task, error, true);
    if (this.fabric.clock.now() - this.#openedMs > steadyAfterMs && this.#state === 'open') {
      this.#restartDelayMs = restartDelayMinMs;
    }
    this.#state = 'broken';
    this.#life += 1;
    this.#abandon();
    this.onCrash();
    this.fabric.clock.after(this.#restartDelayMs, () => this.start());
    this.#restartDelayMs = Math.min(this.#restartDelayMs * 2, restartDelayMaxMs);
  }

  protected report(task: number, error: unknown, restarts: boolean): void {
    this.fabric.observer.onError?.({ component: this.plan.component, task, error, restarts });
  }

  async #openAll(life: number): Promise<void> {
    const executorData = new Map<string, unknown>();
    for (const task of this.taskIds) {
      if (life !== this.#life) break;
      const context = this.#enter(task, executorData);
      this.fabric.mark.enter(task);
      const opening = this.openTask(task, context);
      this.fabric.mark.leave();
      const opened = await opening;
      if (life === this.#life) this.tasks.push(opened);
      else await this.closeTask(opened);
    }
  }

  #enter(task: number, executorData: Map<string, unknown>): TopologyContext {
    const scope = newScope(task, executorData);
    this.#scopes.push(scope);
    if (task === this.plan.firstTask) this.#registerBuiltins(scope.metrics);
    const context = contextOf(this.fabric, this.plan, scope);
    for (const makeHook of this.fabric.program.hooks) context.addHook(makeHook());
    return context;
  }

  #registerBuiltins(metrics: RegisteredMetrics): void {
    const { component } = this.plan;
    const key = 'topology.builtin.metrics.bucket.size.secs';
    const periodSecs = new ComponentConfig(this.fabric, component).numberOrNull(key);
    if (periodSecs === null) return;
    const kind = this.fabric.processors.get(component)?.kind === 'spout' ? 'spout' : 'bolt';
    const received = () => this.received;
    const sending = () => this.#sending;
    registerBuiltinMetrics(metrics, { kind, counts: this.counts, received, sending }, periodSecs);
  }

  /** An emit lies in the mailbox of its target at once; what may wait is the executor itself. */
  get #sending(): QueueState {
    const waiting = this.emitter.isBlocked ? 1 : 0;
    return { capacity: 1, waiting, taken: this.counts.transferred.total - waiting };
  }

  #opened(life: number): void {
    if (life !== this.#life) return;
    for (const scope of this.#scopes) this.#beginMetrics(scope, life);
    this.#state = 'open';
    this.#openedMs = this.fabric.clock.now();
    this.onOpen();
    this.followCredentials();
    this.wake();
  }

  /** What the tasks hold outside, such as connections, must not outlive them. */
  #abandon(): void {
    const closing = this.tasks.map((task, index) => this.#close(task, index));
    this.tasks = [];
    this.#scopes = [];
    void Promise.all(closing);
  }

  async #close(task: Task, index: number): Promise<void> {
    try {
      this.#scopes[index]?.hooks.cleanup();
      await this.closeTask(task);
    } catch (error) {
      this.report(this.plan.firstTask + index, error, false);
    }
  }

  /** null when the task has none. */
  protected hooksOf(task: number): TaskHooks | null {
    const hooks = this.#scopes[task - this.plan.firstTask]?.hooks;
    return hooks === undefined || hooks.none ? null : hooks;
  }

  #beginMetrics({ task, metrics }: TaskScope, life: number): void {
    metrics.seal();
    for (const secs of metrics.periodsSecs) this.#reportLater(task, metrics, secs, life);
  }

  #reportLater(task: number, metrics: RegisteredMetrics, periodSecs: number, life: number): void {
    this.fabric.clock.after(periodSecs * 1000, () => {
      if (life !== this.#life) return;
      try {
        const points = metrics.read(periodSecs).filter((point) => this.#canCross(task, point));
        if (points.length > 0)
          this.emitter.report(task, reportValues(this.#taskInfo(task, periodSecs), points));
      } catch (error) {
        this.crash(task, error);
        return;
      }
      this.#reportLater(task, metrics, periodSecs, life);
    });
  }

  #canCross(task: number, { name, value }: DataPoint): boolean {
    const problem = problemOf(value);
    if (problem === null) return true;
    const error = new TypeError(`metric ${name} cannot cross to another process: ${problem}`);
    this.report(task, error, false);
    return false;
  }

  #taskInfo(taskId: number, periodSecs: number): MetricsTaskInfo {
    const { clock, plan } = this.fabric;
    const workerPort = plan.workers[this.plan.worker]?.port ?? 0;
    const timestampSecs = Math.floor(clock.now() / 1000);
    const componentId = this.plan.component;
    return { workerHost: hostname(), workerPort, componentId, taskId, timestampSecs, periodSecs };
  }

  #customGrouper(route: Route): Grouper {
    const found = this.fabric.program.customGroupings.find(
      ({ target, source, stream }) =>
        target === route.target && source === route.source && stream === route.stream,
    );
    if (found === undefined) throw new Error(`no grouping of ${route.target} to ${route.source}`);
    const context = contextOf(this.fabric, this.plan, newScope(this.plan.firstTask, new Map()));
    const choose = found.grouping(context, route.targetTasks);
    return (sourceTask, values) => {
      const chosen = choose(sourceTask, values);
      const foreign = chosen.find((task) => !this.fabric.componentOfTask.has(task));
      if (foreign === undefined) return chosen;
      throw new TypeError(`the grouping of ${route.target} chose task ${foreign}: there is none`);
    };
  }
}

function newScope(task: number, executorData: Map<string, unknown>): TaskScope {
  return { task, executorData, hooks: new TaskHooks(), metrics: new RegisteredMetrics() };
}
