import { randomUUID } from 'node:crypto';
import { RequestError } from '../../storm-api/http/index.ts';
import type { EventStream } from '../event-stream.ts';
import { Run, tellForgotten } from './run.ts';
import type { RunRequest } from './submission-answers.ts';
import type { Submitter } from './submitter.ts';
import type { Upload } from './uploads.ts';

const underWayMax = 4;
/** Runs that are over and can still be looked at and started. */
const overMax = 8;

/** The runs of users' programs. */
export class Runs {
  readonly #submitter: Submitter;
  readonly #runs = new Map<string, Run>();

  constructor(submitter: Submitter) {
    this.#submitter = submitter;
  }

  /** @returns what the run is called. @throws RequestError */
  async begin(upload: Upload, { main, args, conf, mode }: RunRequest): Promise<string> {
    const underWay = [...this.#runs.values()].filter(({ isOver }) => !isOver).length;
    if (underWay >= underWayMax) throw new RequestError(429, 'too many programs run already');
    const id = randomUUID();
    const run = new Run();
    this.#runs.set(id, run);
    const { path, name, kind } = upload;
    try {
      const program = { path, name, kind, main, args, conf };
      run.program = await this.#submitter.start(program, mode, run);
    } catch (error) {
      this.#runs.delete(id);
      throw new RequestError(409, error instanceof Error ? error.message : String(error));
    }
    await this.#discardOldest();
    return id;
  }

  /** @throws RequestError */
  find(name: string): Run {
    const run = this.#runs.get(name);
    if (run === undefined) throw new RequestError(404, 'that run is forgotten');
    return run;
  }

  /** Everything so far, then what comes. @returns what ends it */
  watch(name: string, stream: EventStream): () => void {
    const run = this.#runs.get(name);
    if (run !== undefined) return run.watch(stream);
    tellForgotten(stream);
    return () => {};
  }

  async clear(): Promise<void> {
    const runs = [...this.#runs.values()];
    this.#runs.clear();
    await Promise.all(runs.map((run) => run.discard()));
  }

  async #discardOldest(): Promise<void> {
    const over = [...this.#runs].filter(([, { isOver }]) => isOver);
    for (const [name, run] of over.slice(0, Math.max(0, over.length - overMax))) {
      this.#runs.delete(name);
      await run.discard();
    }
  }
}
