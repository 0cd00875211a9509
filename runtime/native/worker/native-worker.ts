import { randomBytes } from 'node:crypto';
import type { ExecutionPlan } from '../../../translator/index.ts';
import { systemClock } from '../../clock.ts';
import {
  type ExecutorStats,
  encodeFrame,
  piecesOf,
  type WorkerAssignment,
  wireVersion,
} from '../../wire/index.ts';
import { ComponentConfig } from '../component-config.ts';
import { sentenceOf, stackOf } from '../error-text.ts';
import type { Components, RunObserver, TaskFailure } from '../fabric.ts';
import type { LinkSettings } from '../links/link-settings.ts';
import { WorkerLinks } from '../links/worker-links.ts';
import { NativeRun } from '../native-run.ts';
import type { RunningMark } from '../running-mark.ts';
import { readAssignment, readJson, readPlan } from './assignment.ts';
import { ControlConnection, type ControlListener, type Order } from './control-connection.ts';
import { ControlDrpc } from './control-drpc.ts';
import { CredentialsFile } from './credentials-file.ts';
import { ErrorThrottle } from './error-throttle.ts';
import { LagReports } from './lag-reports.ts';
import { Lease } from './lease.ts';
import { Outbox } from './outbox.ts';
import { Peeks } from './peeks.ts';
import { exitCodes, ProcessEnd } from './process-end.ts';
import { Profiler } from './profiler.ts';
import { startWatchdog } from './watchdog.ts';
import { WorkerLog } from './worker-log.ts';

/** Control kills after 5 s; closing user code and the last words get a little less. */
const stopLimitMs = 4_500;
const endLimitMs = 2_000;
const statsMs = 1_000;
/** A thread that was busy for less is not worth a report. */
const timeStepMs = 100;
const finalWriteMs = 1_000;
const graceSecsDefault = 30;
const silenceSecsDefault = 30;

export interface NativeWorkerOptions {
  readonly assignmentFile: string;
  /** Makes what the plan's native executors run. @throws what user code throws, or why it cannot */
  readonly load: (site: WorkerSite) => Promise<Components>;
  /** Ends the process. */
  readonly exit: (code: number) => void;
}

/** What the components of a worker are made of, and for. */
export interface WorkerSite {
  readonly assignment: WorkerAssignment;
  readonly plan: ExecutionPlan;
  readonly log: WorkerLog;
  /** To be called when a task's subprocess has ended and another takes its place. */
  readonly onSubprocessEnded: (component: string, task: number) => void;
}

/**
 * Begins the life of a worker; it goes on until control, user code or the lease end it.
 * @throws AssignmentError
 */
export async function startNativeWorker(options: NativeWorkerOptions): Promise<NativeWorker> {
  const assignment = await readAssignment(options.assignmentFile);
  const plan = await readPlan(assignment.planFile);
  const worker = new NativeWorker(assignment, plan, options);
  worker.start();
  return worker;
}

/** Obeys control, reports to it, and ends the process when control or user code makes that necessary. */
class NativeWorker implements ControlListener {
  readonly log: WorkerLog;
  readonly #assignment: WorkerAssignment;
  readonly #plan: ExecutionPlan;
  readonly #options: NativeWorkerOptions;
  readonly #end: ProcessEnd;
  readonly #connection: ControlConnection;
  readonly #outbox: Outbox;
  readonly #credentials: CredentialsFile;
  readonly #lags: LagReports;
  readonly #peeks: Peeks;
  readonly #drpc: ControlDrpc;
  readonly #profiler = new Profiler(systemClock);
  readonly #throttle = new ErrorThrottle(systemClock);
  readonly #observer: RunObserver;
  #active: boolean;
  #hasBegun = false;
  #run: NativeRun | null = null;
  #links: WorkerLinks | null = null;
  #lastStats = '';

  constructor(assignment: WorkerAssignment, plan: ExecutionPlan, options: NativeWorkerOptions) {
    this.#assignment = assignment;
    this.#plan = plan;
    this.#options = options;
    this.#active = assignment.active;
    this.#end = new ProcessEnd(options.exit);
    this.log = new WorkerLog(assignment.logFile);
    this.#credentials = new CredentialsFile(assignment.credentialsFile);
    const lease = new Lease(assignment.epoch, assignment.leaseSecs, systemClock);
    this.#connection = new ControlConnection({
      socketFile: assignment.controlSocket,
      hello: () => this.#hello(lease.epoch),
      lease,
      listener: this,
      clock: systemClock,
    });
    this.#outbox = new Outbox(this.#connection);
    this.#lags = new LagReports((frame) => this.#connection.send(frame));
    this.#drpc = new ControlDrpc((frame) => this.#connection.send(frame));
    this.#observer = {
      onError: (failure) => this.#onError(failure),
      onFatal: (error) => this.#fail(error.message, error),
      onRemark: (sentence) => this.log.write('WARN', sentence),
    };
    this.#peeks = new Peeks(this.#connection, this.#observer, systemClock);
  }

  /** Looks for control; user code waits for its welcome, as the slot must be ours before. */
  start(): void {
    process.on('uncaughtException', (error) => this.#onUncaught('an exception', error));
    process.on('unhandledRejection', (error) => this.#onUncaught('a rejected promise', error));
    this.#connection.start();
    setInterval(() => {
      this.#sendStats(false);
      this.#lags.tell(this.#run?.lags() ?? [], Date.now());
      this.#outbox.send();
    }, statsMs);
  }

  onWelcome(): void {
    this.#sendStats(true);
    this.#lags.forget();
    this.#outbox.send();
    this.#drpc.onWelcome();
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    this.#load().catch((error) => {
      const { topologyName } = this.#assignment;
      this.#fail(`topology ${topologyName} does not load: ${sentenceOf(error)}`, error);
    });
  }

  onOrder(order: Order): void {
    if (order.type === 'activate') this.#activate(true);
    else if (order.type === 'deactivate') this.#activate(false);
    else if (order.type === 'ping') this.#outbox.put({ type: 'pong' });
    else if (order.type === 'stop') this.#stop(exitCodes.stopped, order.reason);
    else if (order.type === 'log-levels') this.log.levels.set(order.levels);
    else if (order.type === 'peek-start') this.#peeks.start(order);
    else if (order.type === 'peek-stop') this.#peeks.stop(order.id);
    else if (order.type === 'profile-start') void this.#profile(order.ms);
    else if (order.type === 'drpc-request' || order.type === 'drpc-refused') {
      this.#drpc.onOrder(order);
    } else if (order.type === 'credentials') this.#renewCredentials();
  }

  /** What comes before there are executors is read when they are made. */
  #renewCredentials(): void {
    try {
      const credentials = this.#run === null ? null : this.#credentials.readNew();
      if (credentials !== null) this.#run?.setCredentials(credentials);
    } catch (error) {
      this.log.write('ERROR', 'the new credentials cannot be read', error);
    }
  }

  onDisconnect(): void {
    this.#peeks.stopAll();
  }

  onDismissed(reason: string): void {
    this.log.write('WARN', `ending: ${reason}`);
    this.#stop(exitCodes.notWanted, reason);
  }

  async #load(): Promise<void> {
    const { incarnation, workerIndex, codeDir } = this.#assignment;
    const program = await this.#options.load({
      assignment: this.#assignment,
      plan: this.#plan,
      log: this.log,
      onSubprocessEnded: (component, task) =>
        this.#outbox.put({ type: 'subprocess-ended', component, task }),
    });
    if (this.#end.hasBegun) return;
    const run = new NativeRun({
      plan: this.#plan,
      worker: workerIndex,
      incarnation,
      program,
      codeDir,
      clock: systemClock,
      seed: new Int32Array(new Uint8Array(randomBytes(16)).buffer),
      observer: this.#observer,
      drpc: this.#drpc,
      mark: await this.#startWatchdog(),
    });
    if (this.#plan.workers.length > 1) {
      this.#links = new WorkerLinks(run.fabric, await this.#linkSettings());
      await this.#links.start();
    }
    this.#run = run;
    this.#renewCredentials();
    this.#outbox.put({ type: 'running' });
    if (this.#active) this.#activate(true);
  }

  /** What is asked for over a connection that breaks meanwhile is asked for again, or not wanted. */
  async #profile(ms: number): Promise<void> {
    try {
      for (const piece of piecesOf(JSON.stringify(await this.#profiler.watch(ms)))) {
        this.#connection.send({ type: 'profile', ...piece });
      }
    } catch (error) {
      this.#connection.send({ type: 'profile-failed', reason: sentenceOf(error) });
    }
  }

  /** Before control itself finds that the worker is silent. */
  async #startWatchdog(): Promise<RunningMark> {
    const { controlSocket, logFile, epoch } = this.#assignment;
    const config = await this.#config();
    const silenceSecs = config['supervisor.worker.timeout.secs'];
    const limitSecs = typeof silenceSecs === 'number' ? silenceSecs : silenceSecsDefault;
    return startWatchdog({
      limitSecs: Math.max(1, Math.floor((limitSecs * 2) / 3)),
      components: new Map(
        this.#plan.processors.flatMap(({ id, tasks }) => tasks.map((task) => [task, id])),
      ),
      controlSocket,
      hello: encodeFrame({ ...this.#hello(epoch), state: 'running' }),
      logFile,
    });
  }

  async #config(): Promise<Readonly<Record<string, unknown>>> {
    return (await readJson(this.#assignment.configFile)) as Readonly<Record<string, unknown>>;
  }

  async #linkSettings(): Promise<LinkSettings> {
    const { workerIndex, incarnation, stormId, dataSocketPrefix } = this.#assignment;
    const config = await this.#config();
    const graceSecs = config['gearstorm.link.grace.secs'];
    return {
      worker: workerIndex,
      incarnation,
      stormId,
      socketPrefix: dataSocketPrefix,
      taskWorkers: taskWorkers(this.#plan),
      graceMs: 1000 * (typeof graceSecs === 'number' ? graceSecs : graceSecsDefault),
      clock: systemClock,
      log: (sentence) => this.log.write('INFO', sentence),
    };
  }

  /** Components are opened by the first activation. */
  #activate(active: boolean): void {
    this.#active = active;
    this.#run?.activate(active);
    if (active && !this.#end.hasBegun) this.#run?.open();
  }

  #hello(epoch: number) {
    const { token, stormId, workerIndex } = this.#assignment;
    const state: 'starting' | 'running' = this.#run === null ? 'starting' : 'running';
    const type = 'hello' as const;
    return { type, wireVersion, token, stormId, workerIndex, pid: process.pid, epoch, state };
  }

  /** Not again while nothing was counted. */
  #sendStats(always: boolean): void {
    const executors = this.#run?.stats() ?? [];
    const counts = JSON.stringify(executors.map(worthTelling));
    if (!always && counts === this.#lastStats) return;
    if (this.#connection.send({ type: 'stats', executors })) this.#lastStats = counts;
  }

  #onError({ component, task, error, restarts }: TaskFailure): void {
    const what = restarts ? 'threw; its executor begins anew' : 'reported an error';
    this.log.write('ERROR', `component ${component}, task ${task} ${what}`, error);
    if (!this.#throttle.admits(component, this.#limits(component))) return;
    const message = stackOf(error);
    this.#outbox.put({ type: 'error', component, task, timeMs: Date.now(), message });
  }

  #limits(component: string) {
    const fabric = this.#run?.fabric;
    const config = fabric === undefined ? null : new ComponentConfig(fabric, component);
    return {
      errorsMax: config?.number('topology.max.error.report.per.interval', 5) ?? 5,
      intervalSecs: config?.number('topology.error.throttle.interval.secs', 10) ?? 10,
    };
  }

  /** What no executor awaits has no component to begin anew: the worker does. */
  #onUncaught(what: string, error: unknown): void {
    const { topologyName } = this.#assignment;
    this.#fail(`${what} of topology ${topologyName} was not caught: ${sentenceOf(error)}`, error);
  }

  #stop(code: number, reason: string): void {
    this.#end.begin(code, stopLimitMs, async () => {
      this.log.write('INFO', `stopping: ${reason}`);
      this.#drpc.onEnding();
      await this.#run?.stop();
      this.#links?.close();
      await this.#sayLast(reason);
    });
  }

  #fail(reason: string, error: unknown): void {
    this.log.write('ERROR', reason, error);
    this.#end.begin(exitCodes.userCodeThrew, endLimitMs, () => this.#sayLast(reason));
  }

  async #sayLast(reason: string): Promise<void> {
    this.#sendStats(true);
    this.#peeks.finish();
    this.#outbox.put({ type: 'exiting', reason });
    await Promise.race([
      this.#connection.flush(),
      new Promise((resolve) => setTimeout(resolve, finalWriteMs)),
    ]);
    this.#connection.close();
  }
}

function taskWorkers({ executors }: ExecutionPlan): ReadonlyMap<number, number> {
  return new Map(
    executors.flatMap(({ firstTask, lastTask, worker }) =>
      Array.from({ length: lastTask - firstTask + 1 }, (_, nth) => [firstTask + nth, worker]),
    ),
  );
}

/** Without what changes while nothing happens: even a spout that has nothing is busy at times. */
function worthTelling({ uptimeMs: _, busyMs, backpressuredMs, ...counts }: ExecutorStats) {
  const steps = [busyMs, backpressuredMs].map((ms) => Math.floor(ms / timeStepMs));
  return { ...counts, steps };
}
