import { ThriftFormatError } from './errors.ts';

const lengthBytes = 4;

/** Bytes that all connections of a server may hold in unfinished large frames. */
export class ByteBudget {
  readonly #max: number;
  #held = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get held(): number {
    return this.#held;
  }

  /** False, and nothing held, when there is no room. */
  tryHold(bytes: number): boolean {
    if (this.#held + bytes > this.#max) return false;
    this.#held += bytes;
    return true;
  }

  release(bytes: number): void {
    this.#held -= bytes;
  }
}

export interface FrameLimits {
  /** Longest frame that is accepted. */
  readonly frameBytesMax: number;
  /** What a connection may hold of an unfinished frame without asking the budget. */
  readonly freeBytes: number;
}

const nothing = Buffer.alloc(0);
/** A leftover that pins a buffer larger than this is copied out of it. */
const pinnedBytesMax = 128 * 1024;

/**
 * Cuts a connection's bytes into Thrift frames. Nothing is allocated on the word of a length field:
 * the buffer at most doubles with what has really come, and every byte is copied a few times at
 * most, however small the pieces in which it arrives.
 */
export class FrameAssembler {
  readonly #limits: FrameLimits;
  readonly #budget: ByteBudget;
  #bytes: Buffer = nothing;
  #start = 0;
  #end = 0;
  #held = 0;

  constructor(limits: FrameLimits, budget: ByteBudget) {
    this.#limits = limits;
    this.#budget = budget;
  }

  /** Whether a frame has begun and is not whole. */
  get unfinished(): boolean {
    return this.#buffered > 0;
  }

  /** @throws ThriftFormatError for a length out of bounds or when the budget is used up. */
  push(chunk: Buffer): void {
    if (this.#buffered === 0) {
      this.#bytes = chunk;
      this.#start = 0;
      this.#end = chunk.length;
      return;
    }
    this.#hold(this.#buffered + chunk.length);
    if (this.#end + chunk.length > this.#bytes.length) this.#grow(chunk.length);
    this.#end += chunk.copy(this.#bytes, this.#end);
  }

  /** The next whole frame without its length; null when there is none. @throws ThriftFormatError */
  next(): Buffer | null {
    const length = this.#frameLength();
    if (length === null || this.#buffered < lengthBytes + length) return null;
    const frameStart = this.#start + lengthBytes;
    const frame = this.#bytes.subarray(frameStart, frameStart + length);
    this.#start = frameStart + length;
    if (this.#buffered === 0) this.#bytes = nothing;
    else if (this.#bytes.length > pinnedBytesMax) this.#grow(0);
    this.#release();
    return frame;
  }

  /** Gives back what the connection held of the budget. */
  close(): void {
    this.#bytes = nothing;
    this.#start = 0;
    this.#end = 0;
    this.#release();
  }

  get #buffered(): number {
    return this.#end - this.#start;
  }

  #frameLength(): number | null {
    if (this.#buffered < lengthBytes) return null;
    const length = this.#bytes.readInt32BE(this.#start);
    if (length < 0 || length > this.#limits.frameBytesMax) {
      throw new ThriftFormatError(
        `a frame of ${length} bytes; at most ${this.#limits.frameBytesMax} are accepted`,
      );
    }
    return length;
  }

  /** Moves what is buffered to a fresh buffer: frames that were handed out keep the old one. */
  #grow(more: number): void {
    const needed = this.#buffered + more;
    const wholeFrame = lengthBytes + (this.#frameLength() ?? 0);
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, Math.min(2 * needed, wholeFrame)));
    this.#bytes.copy(grown, 0, this.#start, this.#end);
    this.#end = this.#buffered;
    this.#start = 0;
    this.#bytes = grown;
  }

  #hold(buffered: number): void {
    const wanted = Math.max(0, buffered - this.#limits.freeBytes) - this.#held;
    if (wanted <= 0) return;
    if (!this.#budget.tryHold(wanted)) {
      throw new ThriftFormatError('too many unfinished large frames');
    }
    this.#held += wanted;
  }

  #release(): void {
    this.#budget.release(this.#held);
    this.#held = 0;
  }
}
