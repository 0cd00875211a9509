import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

import { systemClock } from '../../clock.ts';
import { stackOf } from '../error-text.ts';
import { LoggerLevels } from './logger-levels.ts';

const bytesMax = 100 * 1024 * 1024;

/** Of what the worker itself has to say. */
const workerItself: LogSource = { logger: 'gearstorm.worker', thread: 'main' };
const usualLevel = 'INFO';

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** Who says something. */
export interface LogSource {
  /** Its level may be set by this name. */
  readonly logger: string;
  /** What the Java host's thread would be called that does this work. */
  readonly thread: string;
}

/**
 * The log of one worker, a line an event as Storm's logs have it: time, logger, thread, level. Written at once: a worker that is
 * killed shall have said what it did last.
 */
export class WorkerLog {
  readonly #file: string;
  /** What is written at all. */
  readonly levels = new LoggerLevels(systemClock);
  #fd: number;
  #bytes: number;

  constructor(file: string) {
    this.#file = file;
    this.#fd = openSync(file, 'a', 0o600);
    this.#bytes = fstatSync(this.#fd).size;
  }

  /** @param error told with its stack */
  write(level: LogLevel, message: string, error?: unknown): void {
    this.tell(workerItself, level, message, error);
  }

  /** As `write`, of anybody. */
  tell({ logger, thread }: LogSource, level: LogLevel, message: string, error?: unknown): void {
    if (!this.levels.admits(logger, level, usualLevel)) return;
    const time = new Date().toISOString().replace('T', ' ').slice(0, -1);
    const stack = error === undefined ? '' : `\n${stackOf(error)}`;
    this.writeText(`${time} ${logger} ${thread} [${level}] ${message}${stack}\n`);
  }

  /** What user code prints, as it is. */
  writeText(text: string): void {
    const bytes = Buffer.from(text);
    try {
      if (this.#bytes > bytesMax) this.#rotate();
      writeSync(this.#fd, bytes);
      this.#bytes += bytes.length;
    } catch {
      // a full disk must not end the topology
    }
  }

  #rotate(): void {
    renameSync(this.#file, `${this.#file}.1`);
    closeSync(this.#fd);
    this.#fd = openSync(this.#file, 'a', 0o600);
    this.#bytes = 0;
  }
}
