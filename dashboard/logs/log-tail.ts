import { type FileHandle, open } from 'node:fs/promises';

const chunkBytes = 64 * 1024;
const lineBytesMax = 1024 * 1024;

/** Reads a text file from its last lines on, and goes on where it grows, also across a rotation. */
export class LogTail {
  readonly #file: string;
  #inode = -1;
  #offset = 0;
  #partial: Buffer = Buffer.alloc(0);

  constructor(file: string) {
    this.#file = file;
  }

  /** The last `count` whole lines; following goes on after them. */
  async lastLines(count: number): Promise<readonly string[]> {
    const handle = await openIfThere(this.#file);
    if (handle === null) return [];
    try {
      const { size, ino } = await handle.stat();
      const text = await readBackwards(handle, size, count);
      this.#inode = ino;
      this.#offset = size;
      const lines = this.#takeLines(text);
      return count === 0 ? [] : lines.slice(-count);
    } finally {
      await handle.close();
    }
  }

  /** Whole lines written since the last call; at most one chunk of them, so call again until it is empty. */
  async newLines(): Promise<readonly string[]> {
    const handle = await openIfThere(this.#file);
    if (handle === null) return [];
    try {
      const { size, ino } = await handle.stat();
      if (ino !== this.#inode || size < this.#offset) this.#startOver(ino);
      const { bytesRead, buffer } = await handle.read(
        Buffer.alloc(chunkBytes),
        0,
        chunkBytes,
        this.#offset,
      );
      this.#offset += bytesRead;
      return this.#takeLines(buffer.subarray(0, bytesRead));
    } finally {
      await handle.close();
    }
  }

  #startOver(inode: number): void {
    this.#inode = inode;
    this.#offset = 0;
    this.#partial = Buffer.alloc(0);
  }

  /** Keeps an unfinished last line for later, unless it is too long to wait for. */
  #takeLines(bytes: Buffer): readonly string[] {
    const all = Buffer.concat([this.#partial, bytes]);
    const end = all.length > lineBytesMax ? all.length : all.lastIndexOf(0x0a) + 1;
    this.#partial = all.subarray(end);
    const lines = all.subarray(0, end).toString('utf8').split('\n');
    if (lines.at(-1) === '') lines.pop();
    return lines;
  }
}

async function openIfThere(file: string): Promise<FileHandle | null> {
  try {
    return await open(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Chunks from the end until they hold more than `count` line ends. */
async function readBackwards(handle: FileHandle, size: number, count: number): Promise<Buffer> {
  let text: Buffer = Buffer.alloc(0);
  let start = size;
  while (start > 0 && lineEnds(text) <= count) {
    const length = Math.min(chunkBytes, start);
    start -= length;
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, start);
    text = Buffer.concat([buffer, text]);
  }
  return text;
}

function lineEnds(text: Buffer): number {
  let count = 0;
  for (const byte of text) if (byte === 0x0a) count += 1;
  return count;
}
