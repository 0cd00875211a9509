import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readSetting, settings } from '../storm-api/config/index.ts';
import type { StormConf } from '../storm-api/index.ts';

const bytesMax = 10 * 1024 * 1024;
const olderParts = 4;

/** Where serve's own log lies. */
export function daemonLogsFolder(config: StormConf): string {
  return join(resolve(readSetting(config, settings.localDirectory)), 'daemon-logs');
}

/**
 * What serve logs, as a file beside its standard error: `nimbus.log`, the name by which Storm's log
 * viewer is asked for it, and older parts with a number behind. A line that cannot be written is left
 * out: a full disk must not end serve.
 */
export class LogFile {
  readonly #folder: string;
  readonly #bytesMax: number;
  /** null until the first line. */
  #bytes: number | null = null;

  /** @param folder is made with the first line; what it lies in has to be there by then */
  constructor(folder: string, limit = bytesMax) {
    this.#folder = folder;
    this.#bytesMax = limit;
  }

  write(line: string): void {
    try {
      const written = this.#bytes ?? this.#open();
      this.#bytes = written < this.#bytesMax ? written : this.#rotate();
      appendFileSync(this.#part(0), line, { mode: 0o600 });
      this.#bytes += Buffer.byteLength(line);
    } catch {
      this.#bytes = null; // looked at anew with the next line
    }
  }

  /** @returns how long the file is */
  #open(): number {
    if (!existsSync(this.#folder)) mkdirSync(this.#folder, { mode: 0o700 });
    return this.#sizeOf(0) ?? 0;
  }

  #rotate(): number {
    for (let part = olderParts; part > 0; part--) {
      if (this.#sizeOf(part - 1) !== null) renameSync(this.#part(part - 1), this.#part(part));
    }
    return 0;
  }

  #part(number: number): string {
    return join(this.#folder, number === 0 ? 'nimbus.log' : `nimbus.log.${number}`);
  }

  #sizeOf(part: number): number | null {
    return statSync(this.#part(part), { throwIfNoEntry: false })?.size ?? null;
  }
}
