import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { markCells, RunningMark } from '../running-mark.ts';

const beatMs = 100;

/** What the watchdog's thread has to know. */
export interface WatchdogFacts {
  readonly cells: Int32Array<SharedArrayBuffer>;
  /** So long may user code keep the thread. */
  readonly limitSecs: number;
  readonly components: ReadonlyMap<number, string>;
  /** For its last words: the hello of this worker, and where to say it. */
  readonly controlSocket: string;
  readonly hello: string;
  readonly logFile: string;
}

/**
 * Watches the thread of the executors from another one. User code that never gives it back, as an
 * endless loop does, is named to control and in the log; then the process ends, and control starts
 * it again.
 */
export function startWatchdog(facts: Omit<WatchdogFacts, 'cells'>): RunningMark {
  const cells = new Int32Array(
    new SharedArrayBuffer(markCells.length * Int32Array.BYTES_PER_ELEMENT),
  );
  const workerData: WatchdogFacts = { ...facts, cells };
  const script = new URL(`./watchdog-thread${extname(import.meta.url)}`, import.meta.url);
  const thread = new Worker(script, { workerData });
  thread.unref();
  setInterval(() => Atomics.add(cells, markCells.beats, 1), beatMs);
  return new RunningMark(cells);
}
