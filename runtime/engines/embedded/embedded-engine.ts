import { dirname, join } from 'node:path';
import {
  componentId,
  type DrpcRequests,
  type LoggerLevel,
  NotAliveError,
  type PeekListener,
  type PeekRequest,
  type StormId,
  taskId,
  type WorkerDescription,
} from '../../../storm-api/index.ts';
import type { WorkerPlan } from '../../../translator/index.ts';
import type { Clock } from '../../clock.ts';
import type { ComponentHosts } from '../../hosts/index.ts';
import type { Logger } from '../../logger.ts';
import type { SeenStack } from '../../wire/index.ts';
import type { Deployment, Engine, EngineListener } from '../engine.ts';
import {
  answers,
  ControlServer,
  checkUnanswered,
  type Hello,
  type WorkerConnection,
  type WorkerConnectionListener,
  type WorkerReport,
} from './control-server.ts';
import { DrpcDesk } from './drpc-desk.ts';
import { OwnReports } from './own-reports.ts';
import { ProfileDesk } from './profile-desk.ts';
import type { SocketFolder } from './socket-folder.ts';
import { TopologyRun } from './topology-run.ts';
import { type LaunchSite, WorkerLauncher } from './worker-launcher.ts';
import type { WorkerLedger, WorkerRecord } from './worker-ledger.ts';
import { type SlotListener, WorkerSlot } from './worker-slot.ts';
import type { WorkerLimits } from './worker-watch.ts';

export interface EmbeddedEngineOptions {
  readonly hosts: ComponentHosts;
  readonly ledger: WorkerLedger;
  /** Where the DRPC requests come from that workers serve. */
  readonly drpc: DrpcRequests;
  readonly sockets: SocketFolder;
  readonly workersDir: string;
  /** Where the worker on a port writes its log. */
  readonly logFile: (stormId: StormId, port: number) => string;
  /** Fencing epoch of this control plane. */
  readonly epoch: number;
  /** Listens even where another control plane answers: its lease is over, so it hangs. */
  readonly replacesHanging: boolean;
  readonly leaseSecs: number;
  readonly limits: WorkerLimits;
  /** What clients are told as the workers' host. */
  readonly hostName: string;
  /** A token that no other worker has or had: 16 hexadecimal digits. */
  readonly newToken: () => string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Runs plans on this machine: one supervised process per worker. */
export class EmbeddedEngine implements Engine {
  readonly #options: EmbeddedEngineOptions;
  readonly #site: LaunchSite;
  readonly #server: ControlServer;
  readonly #runs = new Map<StormId, TopologyRun>();
  readonly #drpc: DrpcDesk;
  readonly #profiles: ProfileDesk;
  #records: readonly WorkerRecord[] = [];
  #closed = false;

  private constructor(options: EmbeddedEngineOptions) {
    this.#options = options;
    this.#drpc = new DrpcDesk(options.drpc);
    this.#profiles = new ProfileDesk(options.clock);
    const controlSocket = options.sockets.controlSocket;
    this.#site = { ...options, controlSocket };
    this.#server = new ControlServer({
      socketFile: controlSocket,
      replaces: options.replacesHanging,
      reception: (hello, connection) => this.#receive(hello, connection),
      clock: options.clock,
      logger: options.logger,
    });
  }

  /** @throws EngineError when another control plane is at work here. */
  static async checkAlone(sockets: SocketFolder): Promise<void> {
    await checkUnanswered(sockets.controlSocket);
  }

  /** false while another control plane is at work here. */
  static async isAlone(sockets: SocketFolder): Promise<boolean> {
    return !(await answers(sockets.controlSocket));
  }

  static async open(options: EmbeddedEngineOptions): Promise<EmbeddedEngine> {
    const engine = new EmbeddedEngine(options);
    engine.#records = await options.ledger.list();
    return engine;
  }

  /**
   * Lets workers in; before it, the topologies that may have some are started, so that none of
   * them is refused as unknown.
   */
  async listen(): Promise<void> {
    await this.#server.start();
  }

  start(deployment: Deployment, active: boolean, listener: EngineListener): void {
    if (this.#closed) return; // it is stored: the next control plane starts it
    const { stormId, workers } = deployment.plan;
    const slots = workers.map((worker) => this.#slot(deployment, worker, active, listener));
    const run = new TopologyRun(deployment, slots);
    this.#runs.set(stormId, run);
    run.start(this.#records.filter((record) => record.stormId === stormId));
  }

  setActive(stormId: StormId, active: boolean): void {
    this.#runs.get(stormId)?.setActive(active);
  }

  setLogLevels(stormId: StormId, levels: readonly LoggerLevel[]): void {
    this.#runs.get(stormId)?.setLogLevels(levels);
  }

  renewCredentials(stormId: StormId): void {
    this.#runs.get(stormId)?.send({ type: 'credentials' });
  }

  async stop(stormId: StormId, reason: string): Promise<void> {
    await this.#runs.get(stormId)?.stop(reason);
    this.#runs.delete(stormId);
    this.#options.sockets.removeDataSockets(stormId);
  }

  workers(stormId: StormId): readonly WorkerDescription[] {
    return this.#runs.get(stormId)?.describe() ?? [];
  }

  async peek(stormId: StormId, request: PeekRequest, listener: PeekListener): Promise<() => void> {
    const run = this.#runs.get(stormId);
    if (run === undefined) throw new NotAliveError(`no worker of ${stormId} runs now`);
    return run.peek(request, listener, this.#options.clock);
  }

  async profile(pid: number, ms: number): Promise<readonly SeenStack[] | null> {
    for (const run of this.#runs.values()) {
      const slot = run.nativeSlotOf(pid);
      if (slot !== null) return await this.#profiles.profile(slot, ms);
    }
    return null;
  }

  restartWorker(pid: number): boolean {
    for (const run of this.#runs.values()) {
      const slot = run.slotOfProcess(pid);
      if (slot === null) continue;
      slot.restart();
      return true;
    }
    return false;
  }

  async close({ keepWorkers }: { readonly keepWorkers: boolean }): Promise<void> {
    this.#closed = true;
    const runs = [...this.#runs.values()];
    try {
      if (keepWorkers) await Promise.all(runs.map((run) => run.abandon()));
      else await Promise.all(runs.map((run) => this.stop(run.stormId, 'gearstorm serve stops')));
    } finally {
      this.#runs.clear();
      await this.#server.stop();
    }
    if (!keepWorkers) this.#options.sockets.removeIfEmpty();
  }

  #slot(
    deployment: Deployment,
    worker: WorkerPlan,
    active: boolean,
    listener: EngineListener,
  ): WorkerSlot {
    const { stormId } = deployment.plan;
    const { logFile, sockets } = this.#options;
    const logger = this.#options.logger.child({ topology: stormId, port: worker.port });
    const own = new OwnReports(deployment.plan, worker.index, logger);
    const target = {
      deployment,
      worker,
      dataSocketPrefix: sockets.dataSocketPrefix(stormId),
      logFile: logFileOf(deployment, worker, logFile(stormId, worker.port)),
    };
    return new WorkerSlot(
      {
        ...this.#options,
        worker,
        logFile: target.logFile,
        drpcServer: this.#options.drpc.server,
        launcher: new WorkerLauncher(this.#site, target),
        beforeLaunch: () => listener.beforeWorker(),
        logger,
        listener: this.#slotListener(stormId, own, listener),
      },
      active,
    );
  }

  #slotListener(stormId: StormId, own: OwnReports, listener: EngineListener): SlotListener {
    return {
      onReport: (slot, said) => {
        const report = own.filter(said);
        if (report === null) return;
        this.#runs.get(stormId)?.onReport(slot, report);
        this.#drpc.onReport(stormId, slot, report);
        this.#profiles.onReport(slot, report);
        tell(listener, slot, report);
      },
      onRunning: (slot) => this.#runs.get(stormId)?.onRunning(slot),
      onDisconnected: (slot) => {
        this.#runs.get(stormId)?.onDisconnected(slot);
        this.#drpc.onDisconnected(slot);
        this.#profiles.onDisconnected(slot);
      },
      onEnded: ({ worker }, reason) => {
        own.onEnded();
        listener.onWorkerEnded(worker.port, reason, worker.index);
      },
    };
  }

  #receive(
    hello: Hello,
    connection: WorkerConnection,
  ): WorkerConnectionListener | { readonly refusal: string } {
    if (hello.epoch > this.#options.epoch) return this.#leaveToNewer(hello, connection);
    for (const run of this.#runs.values()) {
      const slot = run.slotOf(hello.token);
      if (slot !== null) return slot.connect(hello, connection);
    }
    return { refusal: 'no worker of this token is wanted here' };
  }

  /** A worker that obeys a newer control plane is not ours to refuse. */
  #leaveToNewer(hello: Hello, connection: WorkerConnection): WorkerConnectionListener {
    this.#options.logger.warn(
      { epoch: this.#options.epoch, workerEpoch: hello.epoch },
      'worker obeys a newer control plane',
    );
    connection.close();
    return { onFrame: () => {}, onClose: () => {} };
  }
}

/** Workers that share a slot have a log each, in the slot's folder. */
function logFileOf({ plan }: Deployment, { index, port, host }: WorkerPlan, file: string): string {
  const earlier = plan.workers.filter((other) => other.port === port && other.index < index).length;
  if (earlier === 0) return file;
  const name = earlier === 1 ? `${host}-worker` : `${host}-worker-${earlier}`;
  return join(dirname(file), `${name}.log`);
}

function tell(listener: EngineListener, slot: WorkerSlot, report: WorkerReport): void {
  const { port } = slot.worker;
  if (report.type === 'stats') {
    listener.onStats({ port, workerToken: slot.token, executors: report.executors });
  }
  if (report.type === 'lag') {
    const { component, task, timeMs, partitions } = report;
    listener.onLag({ component, task: taskId(task), timeMs, partitions });
  }
  if (report.type === 'subprocess-ended') listener.onSubprocessEnded(taskId(report.task));
  if (report.type === 'stuck') listener.onStuck(componentId(report.component));
  if (report.type === 'error') {
    const task = report.task === null ? null : taskId(report.task);
    const { component, timeMs, message } = report;
    listener.onError({ port, component, task, timeMs, message });
  }
}
