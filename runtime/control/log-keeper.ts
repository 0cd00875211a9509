import { copyFile, readdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import { systemCode } from './errors.ts';
import { type LogBounds, trimLogs } from './log-bounds.ts';

/** What a worker prints past its own log is cut at this size; one older part is kept. */
const outputBytesMax = 10 * 1024 * 1024;
const outputsEveryMs = 30_000;

export interface LogKeeperOptions {
  /** Holds a folder for each topology, and in it one for each port. */
  readonly folder: string;
  /** The folders' names of topologies that are alive. */
  readonly inUse: () => ReadonlySet<string>;
  /** logviewer.cleanup.age.mins, in milliseconds. */
  readonly ageMs: number;
  readonly bounds: LogBounds;
  /** logviewer.cleanup.interval.secs, in milliseconds. */
  readonly everyMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Keeps the logs from filling the disk. */
export class LogKeeper {
  readonly #options: LogKeeperOptions;
  #callOffs: (() => void)[] = [];

  constructor(options: LogKeeperOptions) {
    this.#options = options;
  }

  start(): void {
    this.#repeat(0, this.#options.everyMs, () => this.removeOld());
    this.#repeat(2, this.#options.everyMs, () => this.keepBounds());
    this.#repeat(1, outputsEveryMs, () => this.cutOutputs());
  }

  stop(): void {
    for (const callOff of this.#callOffs) callOff();
  }

  /** Removes the logs of topologies that are gone once nothing was written to them for so long. */
  async removeOld(): Promise<void> {
    const { folder, inUse, ageMs, clock } = this.#options;
    for (const name of await readdir(folder)) {
      if (inUse().has(name)) continue;
      const writtenMs = await lastWrittenMs(join(folder, name));
      if (clock.now() - writtenMs >= ageMs && !inUse().has(name)) {
        await rm(join(folder, name), { recursive: true, force: true });
      }
    }
  }

  /** Removes the oldest parts of logs that are too many. */
  async keepBounds(): Promise<void> {
    const { folder, inUse, bounds } = this.#options;
    await trimLogs(folder, bounds, (topology) => inUse().has(topology));
  }

  /**
   * Cuts what processes print; they have the file open for appending and go on at its new end.
   * What is printed between the copy and the cut is lost.
   */
  async cutOutputs(): Promise<void> {
    const { folder } = this.#options;
    for (const name of await readdir(folder, { recursive: true })) {
      const file = join(folder, name);
      if (!name.endsWith('.out') || (await sizeOf(file)) <= outputBytesMax) continue;
      await copyFile(file, `${file}.1`);
      await truncate(file);
    }
  }

  #repeat(index: number, everyMs: number, work: () => Promise<void>): void {
    this.#callOffs[index] = this.#options.clock.after(everyMs, () => {
      this.#repeat(index, everyMs, work);
      work().catch((error) => this.#options.logger.warn({ err: error }, 'logs not tidied'));
    });
  }
}

/** The newest change of a folder or of anything in it, in milliseconds since 1970. */
async function lastWrittenMs(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const files = [folder, ...names.map((name) => join(folder, name))];
  const times = await Promise.all(files.map(async (file) => (await found(file))?.mtimeMs ?? 0));
  return Math.max(...times);
}

async function sizeOf(file: string): Promise<number> {
  return (await found(file))?.size ?? 0;
}

/** Logs are rotated while we look. */
async function found(file: string) {
  try {
    return await stat(file);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}
