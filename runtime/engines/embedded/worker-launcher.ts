import type { WorkerPlan } from '../../../translator/index.ts';
import type { Clock } from '../../clock.ts';
import {
  adoptDetached,
  type ComponentHosts,
  type DetachedProcess,
  findMarked,
  isAlive,
  killMarked,
  startDetached,
} from '../../hosts/index.ts';
import { type WorkerAssignment, wireVersion } from '../../wire/index.ts';
import type { Deployment } from '../engine.ts';
import { WorkerFiles } from './worker-files.ts';
import type { WorkerLedger, WorkerRecord } from './worker-ledger.ts';

/** What all workers of one control plane share. */
export interface LaunchSite {
  readonly hosts: ComponentHosts;
  readonly ledger: WorkerLedger;
  readonly clock: Clock;
  readonly workersDir: string;
  readonly controlSocket: string;
  readonly epoch: number;
  /** A worker ends itself after this long without a control plane. */
  readonly leaseSecs: number;
}

/** What distinguishes one worker of a topology. */
export interface LaunchTarget {
  readonly deployment: Deployment;
  readonly worker: WorkerPlan;
  readonly dataSocketPrefix: string;
  readonly logFile: string;
}

/** One life of a worker. */
export interface Incarnation {
  readonly token: string;
  readonly number: number;
}

const incarnationMax = 0xffff;

export function nextIncarnation(last: number): number {
  return last >= incarnationMax ? 1 : last + 1;
}

/** Turns one worker of a plan into a process, and finds the process it turned into earlier. */
export class WorkerLauncher {
  readonly #site: LaunchSite;
  readonly #target: LaunchTarget;

  constructor(site: LaunchSite, target: LaunchTarget) {
    this.#site = site;
    this.#target = target;
  }

  /** The recorded process if it still runs; it may have been spawned just before we died. */
  adopt(record: WorkerRecord): DetachedProcess | null {
    const identity = record.process ?? findMarked(record.token);
    return identity !== null && isAlive(identity)
      ? adoptDetached(identity, this.#site.clock)
      : null;
  }

  /**
   * Writes down the intent, spawns, writes down the process. null when the worker was not wanted
   * any more before the spawn.
   * @throws HostUnavailableError, or the error of the file system or the store.
   */
  async launch(
    incarnation: Incarnation,
    active: boolean,
    isWanted: () => boolean,
  ): Promise<DetachedProcess | null> {
    const files = this.#files(incarnation.token);
    const assignment = this.#assignment(incarnation, files, active);
    await files.write(assignment);
    await this.#record(incarnation, null);
    if (!isWanted()) return null;
    const process = await this.#spawn(assignment, files.assignment);
    await this.#record(incarnation, process);
    return process;
  }

  /** Ends what a dead worker left behind: its subprocesses and its files. */
  async clearAway(token: string): Promise<void> {
    killMarked(token);
    await this.#files(token).remove();
  }

  async forget(): Promise<void> {
    const { deployment, worker } = this.#target;
    await this.#site.ledger.remove(deployment.plan.stormId, worker.index);
  }

  #spawn(assignment: WorkerAssignment, assignmentFile: string): Promise<DetachedProcess> {
    const { deployment, worker } = this.#target;
    const { config, environment, plan } = deployment;
    const executors = plan.executors.filter((each) => each.worker === worker.index).length;
    const launch = { assignment, assignmentFile, config, executors };
    const command = this.#site.hosts[worker.host].workerCommand(launch);
    return startDetached(
      { ...command, environment: new Map([...command.environment, ...environment]) },
      { marker: assignment.token, outputFile: `${assignment.logFile}.out` },
    );
  }

  #record(incarnation: Incarnation, process: DetachedProcess | null): Promise<void> {
    return this.#site.ledger.put({
      stormId: this.#target.deployment.plan.stormId,
      workerIndex: this.#target.worker.index,
      token: incarnation.token,
      incarnation: incarnation.number,
      process: process?.identity ?? null,
    });
  }

  #files(token: string): WorkerFiles {
    return new WorkerFiles(this.#site.workersDir, token);
  }

  #assignment(incarnation: Incarnation, files: WorkerFiles, active: boolean): WorkerAssignment {
    const { deployment, worker, dataSocketPrefix, logFile } = this.#target;
    return {
      wireVersion,
      token: incarnation.token,
      stormId: deployment.plan.stormId,
      topologyName: deployment.plan.topologyName,
      generation: deployment.plan.generation,
      epoch: this.#site.epoch,
      workerIndex: worker.index,
      port: worker.port,
      incarnation: incarnation.number,
      controlSocket: this.#site.controlSocket,
      dataSocketPrefix,
      planFile: deployment.files.plan,
      topologyFile: deployment.files.topology,
      systemTopologyFile: deployment.files.systemTopology,
      configFile: deployment.files.config,
      credentialsFile: deployment.files.credentials,
      codeDir: deployment.files.resources,
      programFile: deployment.files.program,
      pidDir: files.pidDir,
      logFile,
      classPath: deployment.classPath,
      bridgePath: deployment.bridgePath,
      leaseSecs: this.#site.leaseSecs,
      active,
    };
  }
}
