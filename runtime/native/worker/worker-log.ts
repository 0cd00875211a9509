import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

const bytesMax = 100 * 1024 * 1024;

export type LogLevel = 'INFO' | 'WARN' | 'ERROR';

/**
 * The log of one worker, a line an event as Storm's logs have it. Written at once: a worker that is
 * killed shall have said what it did last.
 */
export class WorkerLog {
  readonly #file: string;
  #fd: number;
  #bytes: number;

  constructor(file: string) {
    this.#file = file;
    this.#fd = openSync(file, 'a', 0o600);
    this.#bytes = fstatSync(this.#fd).size;
  }

  /** @param error told with its stack */
  write(level: LogLevel, message: string, error?: unknown): void {
    const time = new Date().toISOString().replace('T', ' ').slice(0, -1);
    const stack = error === undefined ? '' : `\n${stackOf(error)}`;
    this.writeText(`${time} [${level}] ${message}${stack}\n`);
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

const stackCharsMax = 64 * 1024;
const causesMax = 10;

/** An error with its stack and causes; anything else that was thrown as text. Never throws. */
export function stackOf(error: unknown): string {
  try {
    return withCauses(error, causesMax).slice(0, stackCharsMax);
  } catch {
    return 'thrown: something that has no text';
  }
}

function withCauses(error: unknown, causesLeft: number): string {
  if (!(error instanceof Error)) return `thrown: ${String(error)}`;
  const stack = String(error.stack ?? error);
  if (error.cause === undefined || causesLeft === 0) return stack;
  return `${stack}\nCaused by: ${withCauses(error.cause, causesLeft - 1)}`;
}
