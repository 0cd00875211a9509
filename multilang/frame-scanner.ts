import { KnownSpellings } from './known-spellings.ts';
import { BadMessageError, type ShellMessage } from './message.ts';

const separator = Buffer.from('\nend\n');
const seamBytes = separator.length - 1;

/** A message of a child may be so long; one that never ends must not take our memory. */
const messageBytesMaxDefault = 64 * 1024 * 1024;

/**
 * Cuts a child's output into messages, each of which a line `end` ends. What children say most is
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
    const found = chunk.lastIndexOf(separator);
    if (found >= 0) return found + separator.length;
    if (this.#seam.length === 0) return null;
    const joint = Buffer.concat([this.#seam, chunk.subarray(0, seamBytes)]);
    const across = joint.lastIndexOf(separator);
    return across < 0 ? null : across + separator.length - this.#seam.length;
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
    const end = bytes.indexOf(separator, at);
    frames.push(bytes.toString('utf8', at, end));
    at = end + separator.length;
  }
  return frames;
}
