import type { WorkerFrame } from '../../wire/index.ts';
import type { TaskLags } from '../source-lags.ts';

/** Tells control how far the tasks of sources are, each when something has changed. */
export class LagReports {
  readonly #send: (frame: WorkerFrame) => boolean;
  /** What control knows, by task. */
  readonly #told = new Map<number, string>();

  /** @param send false when control did not take it */
  constructor(send: (frame: WorkerFrame) => boolean) {
    this.#send = send;
  }

  /** It is another control plane, which knows nothing. */
  forget(): void {
    this.#told.clear();
  }

  /** @param nowMs in milliseconds since 1970 */
  tell(all: readonly TaskLags[], nowMs: number): void {
    for (const { component, task, partitions } of all) {
      const text = JSON.stringify(partitions);
      if (this.#told.get(task) === text) continue;
      const frame = { type: 'lag' as const, component, task, timeMs: nowMs, partitions };
      if (this.#send(frame)) this.#told.set(task, text);
    }
  }
}
