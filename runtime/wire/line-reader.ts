import { WireError } from './errors.ts';

/** Longest line either side may send on a control connection, in bytes. */
export const lineBytesMax = 4 * 1024 * 1024;

const lineFeed = 0x0a;

/** Cuts a byte stream into UTF-8 lines, holding at most one unfinished line in memory. */
export class LineReader {
  readonly #bytesMax: number;
  #parts: Buffer[] = [];
  #bytesHeld = 0;

  constructor(bytesMax = lineBytesMax) {
    this.#bytesMax = bytesMax;
  }

  /**
   * The lines that this chunk completes, without their line feeds.
   * @throws WireError when a line grows beyond the limit.
   */
  read(chunk: Buffer): string[] {
    const lines: string[] = [];
    let start = 0;
    for (
      let end = chunk.indexOf(lineFeed);
      end !== -1;
      start = end + 1, end = chunk.indexOf(lineFeed, start)
    ) {
      this.#hold(chunk.subarray(start, end));
      lines.push(this.#takeLine());
    }
    this.#hold(chunk.subarray(start));
    return lines;
  }

  #hold(part: Buffer): void {
    this.#bytesHeld += part.length;
    if (this.#bytesHeld > this.#bytesMax) {
      throw new WireError(`a control line is longer than ${this.#bytesMax} bytes`);
    }
    if (part.length > 0) this.#parts.push(part);
  }

  #takeLine(): string {
    const line = Buffer.concat(this.#parts).toString('utf8');
    this.#parts = [];
    this.#bytesHeld = 0;
    return line;
  }
}
