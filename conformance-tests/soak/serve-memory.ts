import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Gearstorm, waitFor } from '../harness/index.ts';
import { memoryFileVariable } from './memory-report.ts';

/** In megabytes. */
export interface ServeMemory {
  /** Objects and buffers that are still referred to. */
  readonly live: number;
  /** Of the process, right after its garbage was collected. */
  readonly resident: number;
  /** The most that the process ever had, garbage and all. */
  readonly peak: number;
}

const reportMs = 30_000;
const preloaded = pathToFileURL(join(import.meta.dirname, 'memory-report.js')).href;

/**
 * What serve needs, apart from garbage: how much of that lies about at a moment is up to V8, which
 * lets it pile up for as long as the machine has memory.
 */
export class ServeMemoryProbe {
  readonly #file: string;

  /** @param file where serve is to report; nobody else's */
  constructor(file: string) {
    this.#file = file;
  }

  /** What serve has to be started with. */
  get environment(): NodeJS.ProcessEnv {
    const options = `${process.env['NODE_OPTIONS'] ?? ''} --import=${preloaded}`;
    return { ...process.env, NODE_OPTIONS: options.trim(), [memoryFileVariable]: this.#file };
  }

  async measure(gearstorm: Gearstorm): Promise<ServeMemory> {
    const peak = await statusMegabytes(gearstorm.servePid, 'VmHWM');
    await rm(this.#file, { force: true });
    process.kill(gearstorm.servePid, 'SIGUSR2');
    const text = await waitFor('serve to tell its memory', reportMs, () => {
      return readFile(this.#file, 'utf8').catch(() => null);
    });
    const { heapUsed, external } = JSON.parse(text) as NodeJS.MemoryUsage;
    const resident = await statusMegabytes(gearstorm.servePid, 'VmRSS');
    return { live: megabytes(heapUsed + external), resident, peak };
  }
}

async function statusMegabytes(pid: number, key: string): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(status)?.[1];
  return megabytes(1024 * Number(kilobytes));
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 102.4) / 10;
}
