import type { StormConf } from '../../storm-api/index.ts';
import type { HostKind } from '../../translator/index.ts';
import type { InspectionRequest, WorkerAssignment } from '../wire/index.ts';

/** A program with everything it needs to be started; no shell ever sees it. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Put over our own environment. */
  readonly environment: ReadonlyMap<string, string>;
}

export interface WorkerLaunch {
  readonly assignment: WorkerAssignment;
  readonly assignmentFile: string;
  /** The normalised topology configuration. */
  readonly config: StormConf;
  /** How many the worker runs, each with a thread of its own. */
  readonly executors: number;
}

/** How processes that run components of one kind are started. */
export interface ComponentHost {
  /** @throws HostUnavailableError when this machine cannot run such components. */
  check(): Promise<void>;
  workerCommand(launch: WorkerLaunch): Command;
  /** The program that loads every component once and writes an `InspectionReport`. */
  inspectionCommand(request: InspectionRequest, requestFile: string): Command;
}

/** What runs the components of each kind. */
export type ComponentHosts = Readonly<Record<HostKind, ComponentHost>>;
