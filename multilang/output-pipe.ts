import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, constants, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';

/** As much as a pipe holds. */
const readBytesMax = 65_536;

/**
 * The output of a child as a pipe. What `spawn` makes for it is a pair of sockets, and there every
 * write of the child stays a buffer of its own, which the kernel makes, hands over and frees: several
 * for each message of a library that writes it in pieces. A pipe joins them.
 */
export class OutputPipe {
  /** For `spawn`; to be closed here when the child has it. */
  readonly childEnd: number;
  readonly #socket: Socket;

  /**
   * @param folder for the pipe's name, which is gone when this returns
   * @param onRead gets a buffer that the next piece overwrites
   * @throws Error when there can be no pipe
   */
  constructor(folder: string, onRead: (piece: Buffer) => void) {
    const ends = openPipe(join(folder, `${randomUUID()}.pipe`));
    this.childEnd = ends.write;
    const buffer = Buffer.allocUnsafeSlow(readBytesMax);
    const callback = (bytes: number) => {
      onRead(buffer.subarray(0, bytes));
      return true;
    };
    const options = {
      fd: ends.read,
      readable: true,
      writable: false,
      onread: { buffer, callback },
    };
    this.#socket = new Socket(options);
  }

  /** Nobody can say anything more, and all of it has been read. */
  get hasEnded(): boolean {
    return this.#socket.readableEnded;
  }

  /** Called when every writer has closed the pipe, or it broke. */
  onClosed(tell: () => void): void {
    this.#socket.once('end', tell);
    this.#socket.on('error', tell);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

interface Ends {
  readonly read: number;
  readonly write: number;
}

/** Node makes no pipes; this one has a name until both ends are open. */
function openPipe(path: string): Ends {
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/bin:/bin` };
  execFileSync('mkfifo', ['-m', '600', path], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    const read = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return { read, write: openSync(path, 'w') };
    } catch (error) {
      closeSync(read);
      throw error;
    }
  } finally {
    rmSync(path, { force: true });
  }
}
