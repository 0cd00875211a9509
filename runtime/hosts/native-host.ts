import type { InspectionRequest } from '../wire/index.ts';
import type { Command, ComponentHost, WorkerLaunch } from './component-host.ts';
import { topologyEnvironment } from './topology-environment.ts';

/** Starts processes of this runtime's own kind, which run components of a topology's program. */
export class NativeHost implements ComponentHost {
  readonly #workerProgram: string;

  /** @param workerProgram absolute path */
  constructor(workerProgram: string) {
    this.#workerProgram = workerProgram;
  }

  /** We run, so it does. */
  async check(): Promise<void> {}

  workerCommand({ assignmentFile, config }: WorkerLaunch): Command {
    return this.#command(['worker', assignmentFile], topologyEnvironment(config));
  }

  inspectionCommand(_: InspectionRequest, requestFile: string): Command {
    return this.#command(['inspect', requestFile], {});
  }

  #command(words: readonly string[], environment: Readonly<Record<string, string>>): Command {
    return {
      program: process.execPath,
      // Stacks shall name the lines of the user's own files.
      args: ['--enable-source-maps', this.#workerProgram, ...words],
      environment: new Map(Object.entries(environment)),
    };
  }
}
