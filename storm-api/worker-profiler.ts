import type { ComponentId, StormId } from './model/ids.ts';

/** A recording that goes on. */
export interface WorkerRecording {
  readonly host: string;
  readonly port: number;
  readonly untilMs: number;
}

/**
 * Looks into a worker of a topology, and starts it anew. What a look leaves is a file beside the
 * worker's log. Workers are `HOST:PORT`; all reject with a RequestError, in a sentence, when there is
 * no such worker or it cannot be had.
 */
export interface WorkerProfiler {
  /** Has a Java worker record what it does. */
  startRecording(id: StormId, worker: string, minutes: number): Promise<void>;
  /** The recording's file has then all that was recorded. */
  stopRecording(id: StormId, worker: string): Promise<void>;
  /** Writes what was recorded so far to a file of its own. */
  dumpRecording(id: StormId, worker: string): Promise<void>;
  dumpHeap(id: StormId, worker: string): Promise<void>;
  /** @returns what it wrote */
  dumpThreads(id: StormId, worker: string): Promise<string>;
  restart(id: StormId, worker: string): Promise<void>;
  /** Of workers that run something of the component. */
  recordings(id: StormId, component: ComponentId): readonly WorkerRecording[];
}
