import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeDurably } from '../../durable-file.ts';
import type { WorkerAssignment } from '../../wire/index.ts';

/** The folder of one worker process; it goes when the process goes. */
export class WorkerFiles {
  readonly #dir: string;

  constructor(workersDir: string, token: string) {
    this.#dir = join(workersDir, token);
  }

  get assignment(): string {
    return join(this.#dir, 'assignment.json');
  }

  /** Storm's pid dir: shell components write their subprocesses' pids here. */
  get pidDir(): string {
    return join(this.#dir, 'pids');
  }

  /** Everything that the assignment names exists when this resolves. */
  async write(assignment: WorkerAssignment): Promise<void> {
    await mkdir(this.pidDir, { recursive: true, mode: 0o700 });
    await mkdir(dirname(assignment.logFile), { recursive: true, mode: 0o700 });
    await writeDurably(this.assignment, JSON.stringify(assignment));
  }

  async remove(): Promise<void> {
    await rm(this.#dir, { recursive: true, force: true });
  }
}
