import { RequestError } from '../http/errors.ts';
import type { ComponentId, StormId } from '../model/ids.ts';
import type { WorkerProfiler, WorkerRecording } from '../worker-profiler.ts';

/** Has one worker and one component, and writes down what it is asked for. */
export class MemoryProfiler implements WorkerProfiler {
  readonly calls: (readonly [string, ...unknown[]])[] = [];
  readonly active: WorkerRecording[] = [];
  readonly #worker: string;
  readonly #component: string;

  constructor(worker: string, component: string) {
    this.#worker = worker;
    this.#component = component;
  }

  readonly startRecording = (id: StormId, worker: string, minutes: number) =>
    this.#note('start', id, worker, minutes);
  readonly stopRecording = (id: StormId, worker: string) => this.#note('stop', id, worker);
  readonly dumpRecording = (id: StormId, worker: string) => this.#note('dump', id, worker);
  readonly dumpHeap = (id: StormId, worker: string) => this.#note('heap', id, worker);
  readonly restart = (id: StormId, worker: string) => this.#note('restart', id, worker);

  async dumpThreads(id: StormId, worker: string): Promise<string> {
    await this.#note('threads', id, worker);
    return 'main runs';
  }

  recordings(_: StormId, component: ComponentId): readonly WorkerRecording[] {
    return component === this.#component ? this.active : [];
  }

  async #note(what: string, id: StormId, worker: string, ...rest: unknown[]): Promise<void> {
    if (worker !== this.#worker) throw new RequestError(404, 'no worker runs there');
    this.calls.push([what, id, worker, ...rest]);
  }
}
