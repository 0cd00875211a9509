import type {
  DrpcServerAddress,
  LoggerLevel,
  WorkerDescription,
} from '../../../storm-api/index.ts';
import type { WorkerPlan } from '../../../translator/index.ts';
import { type Clock, within } from '../../clock.ts';
import { type DetachedProcess, signalGroup } from '../../hosts/index.ts';
import type { Logger } from '../../logger.ts';
import type { ControlFrame } from '../../wire/index.ts';
import type {
  Hello,
  WorkerConnection,
  WorkerConnectionListener,
  WorkerReport,
} from './control-server.ts';
import { describeEnd, describeFalseStart } from './ending.ts';
import { RestartPolicy } from './restart-policy.ts';
import { type Incarnation, nextIncarnation, type WorkerLauncher } from './worker-launcher.ts';
import type { WorkerRecord } from './worker-ledger.ts';
import { type WorkerLimits, WorkerWatch } from './worker-watch.ts';

/** What a worker said just before it ended may still be on its way when it has ended. */
const lastFramesMsMax = 1_000;
/** Why the process is asked to end; control says so of it afterwards too. */
const restartReason = 'it was restarted on request';
const terminateAfterMs = 5_000;
const killAfterMs = 10_000;

export interface SlotListener {
  onReport(slot: WorkerSlot, report: WorkerReport): void;
  /** The worker's components run, or ran already when it was found. */
  onRunning(slot: WorkerSlot): void;
  /** Nothing comes over this connection any more. */
  onDisconnected(slot: WorkerSlot): void;
  /** The worker's process is gone, for this reason. */
  onEnded(slot: WorkerSlot, reason: string): void;
}

export interface SlotOptions {
  readonly worker: WorkerPlan;
  readonly hostName: string;
  readonly logFile: string;
  /** Where workers could fetch DRPC requests over Thrift; null where they cannot. */
  readonly drpcServer: DrpcServerAddress | null;
  readonly epoch: number;
  readonly limits: WorkerLimits;
  readonly launcher: WorkerLauncher;
  /** Resolves when a process may be started. */
  readonly beforeLaunch: () => Promise<void>;
  readonly newToken: () => string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly listener: SlotListener;
}

/** Keeps exactly one process at work for one worker of a topology, until it is stopped. */
export class WorkerSlot {
  readonly #options: SlotOptions;
  readonly #policy = new RestartPolicy();
  readonly #watch: WorkerWatch;
  #active: boolean;
  #logLevels: readonly LoggerLevel[] = [];
  #state: WorkerDescription['state'] = 'starting';
  #incarnation: Incarnation = { token: '', number: 0 };
  #process: DetachedProcess | null = null;
  #connection: WorkerConnection | null = null;
  #disconnected: Promise<void> = Promise.resolve();
  #onDisconnected: () => void = () => {};
  #runningSinceMs: number | null = null;
  #restarts = 0;
  #restartsAtMs: number | null = null;
  #lastExit: string | null = null;
  #lastWords: string | null = null;
  /** Whether the present process, or one that was adopted, may have had a connection to control. */
  #hasBegun = true;
  #stopReason: string | null = null;
  /** The present process ends because somebody wants a new one. */
  #isRestarting = false;
  #abandoned = false;
  #wake: () => void = () => {};
  #supervision: Promise<void> = Promise.resolve();

  constructor(options: SlotOptions, active: boolean) {
    this.#options = options;
    this.#active = active;
    this.#watch = new WorkerWatch({
      ...options,
      ask: () => this.send({ type: 'ping' }),
      giveUp: (what, secs) => this.#giveUp(what, secs),
    });
  }

  get worker(): WorkerPlan {
    return this.#options.worker;
  }

  get token(): string {
    return this.#incarnation.token;
  }

  get isRunning(): boolean {
    return this.#state === 'running' && this.#connection !== null;
  }

  /** @param record what an earlier control plane wrote down about this worker. */
  start(record: WorkerRecord | null): void {
    this.#supervision = this.#supervise(record);
  }

  setActive(active: boolean): void {
    this.#active = active;
    this.send({ type: active ? 'activate' : 'deactivate' });
  }

  setLogLevels(levels: readonly LoggerLevel[]): void {
    this.#logLevels = levels;
    this.send(logLevelsFrame(levels));
  }

  send(frame: ControlFrame): void {
    this.#connection?.send(frame);
  }

  /** Resolves when the process is gone with all it started. */
  async stop(reason: string): Promise<void> {
    this.#stopReason = reason;
    this.#watch.end();
    this.#wake();
    if (this.#process !== null) this.#end(this.#process, reason);
    await this.#supervision;
    await this.#options.launcher.forget();
  }

  /** Asks the process to end, if there is one; another is started at once. */
  restart(): void {
    if (this.#process === null || this.#isRestarting || !this.#isWanted()) return;
    this.#isRestarting = true;
    this.#end(this.#process, restartReason);
  }

  /** Ends supervision and leaves the process alone. */
  async abandon(): Promise<void> {
    this.#abandoned = true;
    this.#watch.end();
    this.#process?.unfollow();
    this.#wake();
    await this.#supervision;
  }

  describe(): WorkerDescription {
    const { worker, hostName, logFile, clock } = this.#options;
    return {
      port: worker.port,
      host: hostName,
      pid: this.#process?.identity.pid ?? null,
      state: this.#state,
      restarts: this.#restarts,
      uptimeSecs:
        this.#runningSinceMs === null ? 0 : Math.floor((clock.now() - this.#runningSinceMs) / 1000),
      restartsAtMs: this.#restartsAtMs,
      lastExit: this.#lastExit,
      logFile,
    };
  }

  /** Takes over the connection of a worker that knows this slot's token. */
  connect(hello: Hello, connection: WorkerConnection): WorkerConnectionListener {
    this.#disconnect();
    this.#connection = connection;
    this.#hasBegun = true;
    this.#disconnected = new Promise((resolve) => {
      this.#onDisconnected = resolve;
    });
    connection.send({ type: 'welcome', epoch: this.#options.epoch });
    const { drpcServer } = this.#options;
    if (drpcServer !== null) connection.send({ type: 'drpc', ...drpcServer });
    // They may have been replaced while nobody was there to say so.
    connection.send({ type: 'credentials' });
    connection.send(logLevelsFrame(this.#logLevels));
    connection.send({ type: this.#active ? 'activate' : 'deactivate' });
    if (this.#stopReason !== null) connection.send({ type: 'stop', reason: this.#stopReason });
    if (hello.state === 'running') this.#onRunning();
    return {
      onFrame: (frame) => {
        if (this.#connection === connection) this.#onFrame(frame);
      },
      onClose: () => {
        if (this.#connection === connection) this.#disconnect();
      },
    };
  }

  #onFrame(frame: WorkerReport): void {
    this.#watch.heard();
    if (frame.type === 'running') this.#onRunning();
    if (frame.type === 'exiting') this.#lastWords = frame.reason;
    if (frame.type === 'stats') this.#learnUptime(frame.executors[0]?.uptimeMs ?? 0);
    this.#options.listener.onReport(this, frame);
  }

  #onRunning(): void {
    this.#state = 'running';
    if (this.#isWanted()) this.#watch.running();
    this.#runningSinceMs ??= this.#options.clock.now();
    this.#options.listener.onRunning(this);
  }

  /** An adopted worker has been running for longer than we know it. */
  #learnUptime(uptimeMs: number): void {
    if (this.#runningSinceMs === null) return;
    this.#runningSinceMs = Math.min(this.#runningSinceMs, this.#options.clock.now() - uptimeMs);
  }

  #disconnect(): void {
    if (this.#connection === null) return;
    this.#connection.close();
    this.#connection = null;
    this.#onDisconnected();
    this.#options.listener.onDisconnected(this);
  }

  async #supervise(record: WorkerRecord | null): Promise<void> {
    let process = record === null ? null : this.#adopt(record);
    if (record !== null && process === null) {
      await this.#clearAway(record.token);
    }
    while (process !== null || this.#isWanted()) {
      process ??= await this.#launch();
      if (process !== null) await this.#untilEnd(process);
      if (this.#abandoned) return;
      process = null;
      await this.#afterEnd();
    }
  }

  #isWanted(): boolean {
    return this.#stopReason === null && !this.#abandoned;
  }

  #adopt(record: WorkerRecord): DetachedProcess | null {
    this.#incarnation = { token: record.token, number: record.incarnation };
    const process = this.#options.launcher.adopt(record);
    if (process !== null) {
      this.#options.logger.info({ pid: process.identity.pid }, 'worker adopted');
    }
    return process;
  }

  /** null when the process could not be started, or was stopped before it was. */
  async #launch(): Promise<DetachedProcess | null> {
    const { launcher, newToken, logger } = this.#options;
    this.#incarnation = { token: newToken(), number: nextIncarnation(this.#incarnation.number) };
    this.#state = 'starting';
    this.#hasBegun = false;
    try {
      await this.#untilReady();
      if (!this.#isWanted()) return null;
      const process = await launcher.launch(this.#incarnation, this.#active, () =>
        this.#isWanted(),
      );
      logger.info({ pid: process?.identity.pid, ...this.#incarnation }, 'worker started');
      return process;
    } catch (error) {
      this.#lastWords = error instanceof Error ? error.message : String(error);
      return null;
    }
  }

  /** Resolves when a process may be started, or none is wanted any more. */
  async #untilReady(): Promise<void> {
    const notWanted = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    await Promise.race([this.#options.beforeLaunch(), notWanted]);
  }

  /** Resolves when the process ended, or nobody wants to know any more. */
  async #untilEnd(process: DetachedProcess): Promise<void> {
    this.#process = process;
    if (this.#state !== 'running' && this.#isWanted()) this.#watch.begin();
    if (this.#stopReason !== null) this.#end(process, this.#stopReason);
    const abandoned = new Promise<null>((resolve) => {
      this.#wake = () => {
        if (this.#abandoned) resolve(null);
      };
      this.#wake();
    });
    const end = await Promise.race([process.ended, abandoned]);
    if (end === null) return;
    await within(this.#options.clock, lastFramesMsMax, this.#disconnected);
    if (this.#isRestarting) {
      this.#lastWords = restartReason;
      return;
    }
    this.#lastWords =
      this.#hasBegun || this.#lastWords !== null
        ? describeEnd(end, this.#lastWords)
        : describeFalseStart(end, process.firstOutput());
  }

  async #afterEnd(): Promise<void> {
    const { clock, logger } = this.#options;
    const ranMs = this.#runningSinceMs === null ? 0 : clock.now() - this.#runningSinceMs;
    this.#lastExit = this.#lastWords ?? this.#lastExit;
    this.#lastWords = null;
    this.#runningSinceMs = null;
    this.#process = null;
    this.#watch.end();
    this.#disconnect();
    this.#options.listener.onEnded(this, this.#lastExit ?? 'it was not seen to end');
    await this.#clearAway(this.#incarnation.token);
    if (!this.#isWanted()) {
      this.#state = 'stopped';
      return;
    }
    this.#restarts++;
    const delayMs = this.#isRestarting ? 0 : this.#policy.delayMsAfter(ranMs);
    this.#isRestarting = false;
    logger.warn({ reason: this.#lastExit, delayMs }, 'worker ended, starting it again');
    await this.#pause(delayMs);
  }

  /** What cannot be cleared away now is when serve starts next; the slot goes on. */
  async #clearAway(token: string): Promise<void> {
    try {
      await this.#options.launcher.clearAway(token);
    } catch (error) {
      this.#options.logger.warn({ err: error, token }, 'leftovers of a worker not removed');
    }
  }

  async #pause(delayMs: number): Promise<void> {
    if (delayMs === 0) return;
    const { clock } = this.#options;
    this.#state = 'backing-off';
    this.#restartsAtMs = clock.now() + delayMs;
    await new Promise<void>((resolve) => {
      const callOff = clock.after(delayMs, resolve);
      this.#wake = () => {
        callOff();
        resolve();
      };
    });
    this.#restartsAtMs = null;
  }

  /** What is stuck would never end by itself; it is started again as if it had crashed. */
  #giveUp(what: 'start' | 'silence', secs: number): void {
    if (this.#process === null) return;
    if (this.#connection === null) {
      this.#lastWords = `it was without a connection to control for ${secs} s`;
    } else if (what === 'start') {
      this.#lastWords = `its components were not loaded within ${secs} s`;
    } else {
      this.#lastWords = `it gave no sign of life for ${secs} s`;
    }
    signalGroup(this.#process.identity, 'SIGKILL');
  }

  /** Asks, then tells, then forces. */
  #end(process: DetachedProcess, reason: string): void {
    const { clock } = this.#options;
    if (this.#connection === null) signalGroup(process.identity, 'SIGTERM');
    else this.#connection.send({ type: 'stop', reason });
    const callOffs = [
      clock.after(terminateAfterMs, () => signalGroup(process.identity, 'SIGTERM')),
      clock.after(killAfterMs, () => signalGroup(process.identity, 'SIGKILL')),
    ];
    void process.ended.then(() => {
      for (const callOff of callOffs) callOff();
    });
  }
}

function logLevelsFrame(levels: readonly LoggerLevel[]): ControlFrame {
  const plain = levels.map(({ logger, level, untilMs }) => ({ logger, level, untilMs }));
  return { type: 'log-levels', levels: plain };
}
