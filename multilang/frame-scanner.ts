import { KnownSpellings } from './known-spellings.ts';
import { BadMessageError, type ShellMessage } from './message.ts';

/** What ends a message, but for the end of its own line: `\n`, or `\r\n` as Storm reads it too. */
const mark = Buffer.from('\nend');
const newline = 10;
const carriageReturn = 13;
/** One less than the longest that ends a message. */
const seamBytes = mark.length + 1;

/** A message of a child may be so long; one that never ends must not take our memory. */
const messageBytesMaxDefault = 64 * 1024 * 1024;

/**
 * Cuts a child's output into messages, each of which a line `end` ends, with or without a carriage
 * return. What children say most is
 * understood at once; of anything else this has the text.
 */
export class FrameScanner {
  readonly #bytesMax: number;
  #pieces: Buffer[] = [];
  #pieceBytes = 0;
  /** The last bytes of the pieces: a separator may begin in them. */
  #seam = Buffer.alloc(0);

  constructor(bytesMax = messageBytesMaxDefault) {
    this.#bytesMax = bytesMax;
  }

  /** The beginning of a message that has not ended. */
  get unfinished(): string {
    return Buffer.concat(this.#pieces.slice(0, 1)).toString('utf8', 0, 1000);
  }

  /**
   * The messages that end in this chunk, or their texts, in order. Bytes that are no UTF-8 become
   * U+FFFD, as Java reads them.
   * @throws BadMessageError for a message that is too long
   */
  push(chunk: Buffer): readonly (ShellMessage | string)[] {
    const end = this.#lastEnd(chunk);
    if (end === null) {
      this.#keep(chunk);
      return [];
    }
    const whole = this.#pieces.length === 0 ? chunk : Buffer.concat([...this.#pieces, chunk]);
    const wholeEnd = this.#pieceBytes + end;
    this.#pieces = [];
    this.#pieceBytes = 0;
    this.#seam = Buffer.alloc(0);
    if (wholeEnd < whole.length) this.#keep(whole.subarray(wholeEnd));
    return cut(whole, wholeEnd);
  }

  /** Position in the chunk behind its last separator, which may have begun before it. */
  #lastEnd(chunk: Buffer): number | null {
    const found = lastEnd(chunk);
    if (found !== null || this.#seam.length === 0) return found;
    const across = lastEnd(Buffer.concat([this.#seam, chunk.subarray(0, seamBytes)]));
    return across === null ? null : across - this.#seam.length;
  }

  #keep(piece: Buffer): void {
    this.#pieceBytes += piece.length;
    if (this.#pieceBytes > this.#bytesMax) {
      throw new BadMessageError(`a message of more than ${this.#bytesMax} bytes`);
    }
    this.#pieces.push(Buffer.from(piece)); // whose memory is not ours
    this.#seam = Buffer.concat([this.#seam, piece.subarray(-seamBytes)]).subarray(-seamBytes);
  }
}

/** Position behind the last message that ends there; null when none does. */
function lastEnd(bytes: Buffer): number | null {
  let at = bytes.lastIndexOf(mark);
  while (at >= 0) {
    const end = endOfLine(bytes, at + mark.length);
    if (end !== null) return end;
    at = at === 0 ? -1 : bytes.lastIndexOf(mark, at - 1);
  }
  return null;
}

/** Position behind the line's end that is there; null when none is, or not all of it. */
function endOfLine(bytes: Buffer, at: number): number | null {
  if (bytes[at] === newline) return at + 1;
  return bytes[at] === carriageReturn && bytes[at + 1] === newline ? at + 2 : null;
}

/** @param length of the bytes that whole messages take */
function cut(bytes: Buffer, length: number): readonly (ShellMessage | string)[] {
  const frames: (ShellMessage | string)[] = [];
  const known = new KnownSpellings(bytes);
  let at = 0;
  while (at < length) {
    const message = known.read(at);
    if (message !== null) {
      frames.push(message);
      at = known.end;
      continue;
    }
    let textEnd = bytes.indexOf(mark, Math.max(at - 1, 0)); // a text may be empty
    let end = endOfLine(bytes, textEnd + mark.length);
    while (end === null) {
      textEnd = bytes.indexOf(mark, textEnd + 1);
      end = endOfLine(bytes, textEnd + mark.length);
    }
    frames.push(bytes.toString('utf8', at, textEnd));
    at = end;
  }
  return frames;
}
