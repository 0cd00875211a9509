import type { InspectionRequest } from '../wire/index.ts';
import type { Command, ComponentHost, WorkerLaunch } from './component-host.ts';
import { topologyEnvironment } from './topology-environment.ts';

export interface GuestHostOptions {
  /** The program that stands in for each worker, as `cli/guest-worker.ts`; an absolute path. */
  readonly program: string;
  /** Unix socket of the process that takes the workers in. */
  readonly socket: string;
}

/**
 * Has components run inside a process that is there already: each worker is a small process of ours
 * that asks it to, stays for as long as the worker runs, and takes it along when it ends.
 */
export class GuestHost implements ComponentHost {
  readonly #options: GuestHostOptions;

  constructor(options: GuestHostOptions) {
    this.#options = options;
  }

  /** Who takes the workers in runs. */
  async check(): Promise<void> {}

  workerCommand({ assignmentFile, config }: WorkerLaunch): Command {
    return this.#command('worker', assignmentFile, topologyEnvironment(config));
  }

  inspectionCommand(_: InspectionRequest, requestFile: string): Command {
    return this.#command('inspect', requestFile, {});
  }

  #command(what: string, file: string, environment: Readonly<Record<string, string>>): Command {
    const { program, socket } = this.#options;
    return {
      program: process.execPath,
      args: [program, socket, what, file],
      environment: new Map(Object.entries(environment)),
    };
  }
}
