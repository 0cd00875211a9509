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
  /**
   * Up to this length a frame that is too long is read to its end and thrown away but for its
   * beginning, so that it can be answered; without it none is.
   */
  readonly skippedBytesMax?: number;
}

const nothing = Buffer.alloc(0);
/** A leftover that pins a buffer larger than this is copied out of it. */
const pinnedBytesMax = 128 * 1024;
/** What is kept of a frame that is too long: enough to see what it is. */
const headBytes = 256;

/** A frame that is too long. */
interface SkippedFrame {
  readonly head: Buffer;
  readonly length: number;
  /** How many of its bytes have not come yet. */
  left: number;
}

/**
 * Cuts a connection's bytes into Thrift frames. Nothing is allocated on the word of a length field:
 * the buffer at most doubles with what has really come, and every byte is copied a few times at
 * most, however small the pieces in which it arrives. A frame keeps its memory until `reuse`.
 */
export class FrameAssembler {
  readonly #limits: FrameLimits;
  readonly #budget: ByteBudget;
  /** What came and is not handed out yet: from start to end, in a piece as it came or in #room. */
  #bytes: Buffer = nothing;
  #start = 0;
  #end = 0;
  #held = 0;
  /** Ours, to put pieces together in. */
  #room: Buffer = nothing;
  /** Frames that were handed out may lie in #room. */
  #lent = false;
  #skipped: SkippedFrame | null = null;
  #lastLength = 0;

  constructor(limits: FrameLimits, budget: ByteBudget) {
    this.#limits = limits;
    this.#budget = budget;
  }

  /** Whether a frame has begun and is not whole. */
  get unfinished(): boolean {
    return this.#buffered > 0 || this.#skipped !== null;
  }

  /** Of the frame that `next` gave last, in bytes; more than that has when it was too long. */
  get lastLength(): number {
    return this.#lastLength;
  }

  /** Whether `next` has a frame to give, or to skip. @throws ThriftFormatError as `next` does */
  get ready(): boolean {
    if (this.#skipped !== null) return this.#skipped.left === 0;
    const length = this.#frameLength();
    const needed = length !== null && this.#isTooLong(length) ? headBytes : (length ?? 0);
    return length !== null && this.#buffered >= lengthBytes + needed;
  }

  /** @throws ThriftFormatError for a length out of bounds or when the budget is used up. */
  push(piece: Buffer): void {
    const chunk = this.#skip(piece);
    if (chunk.length === 0) return;
    if (this.#buffered === 0) {
      this.#bytes = chunk;
      this.#start = 0;
      this.#end = chunk.length;
      return;
    }
    this.#hold(this.#buffered + chunk.length);
    const fits = this.#bytes === this.#room && this.#end + chunk.length <= this.#room.length;
    if (!fits) this.#move(chunk.length);
    this.#end += chunk.copy(this.#bytes, this.#end);
  }

  /**
   * The next whole frame without its length, or the beginning of one that is too long; null when
   * there is none. @throws ThriftFormatError
   */
  next(): Buffer | null {
    if (this.#skipped !== null) return this.#skippedHead(this.#skipped);
    const length = this.#frameLength();
    if (length === null || !this.ready) return null;
    if (this.#isTooLong(length)) return this.#skippedHead(this.#beginToSkip(length));
    this.#lastLength = length;
    const frameStart = this.#start + lengthBytes;
    const frame = this.#bytes.subarray(frameStart, frameStart + length);
    this.#lent ||= this.#bytes === this.#room;
    this.#start = frameStart + length;
    if (this.#buffered === 0) this.#bytes = nothing;
    else if (this.#bytes.length > pinnedBytesMax) this.#move(0);
    this.#release();
    return frame;
  }

  /**
   * All frames that were handed out are done with, and their memory may be written again: large
   * calls that come one after the other then cost the garbage collector nothing.
   */
  reuse(): void {
    this.#lent = false;
    if (this.#room.length > this.#limits.freeBytes) this.#room = nothing;
  }

  /** Gives back what the connection held of the budget. */
  close(): void {
    this.#bytes = nothing;
    this.#room = nothing;
    this.#start = 0;
    this.#end = 0;
    this.#skipped = null;
    this.#release();
  }

  get #buffered(): number {
    return this.#end - this.#start;
  }

  #frameLength(): number | null {
    if (this.#buffered < lengthBytes) return null;
    const length = this.#bytes.readInt32BE(this.#start);
    const { frameBytesMax, skippedBytesMax = frameBytesMax } = this.#limits;
    if (length < 0 || length > skippedBytesMax) {
      throw new ThriftFormatError(
        `a frame of ${length} bytes; at most ${frameBytesMax} are accepted`,
      );
    }
    return length;
  }

  #isTooLong(length: number): boolean {
    return length > this.#limits.frameBytesMax;
  }

  /** Of what has come of the frame only its beginning stays. */
  #beginToSkip(length: number): SkippedFrame {
    const start = this.#start + lengthBytes;
    const head = Buffer.from(this.#bytes.subarray(start, start + headBytes));
    const here = Math.min(length, this.#end - start);
    this.#start = start + here;
    if (this.#buffered === 0) this.#bytes = nothing;
    this.#release();
    this.#skipped = { head, length, left: length - here };
    return this.#skipped;
  }

  /** @returns what comes behind the frame that is being skipped */
  #skip(piece: Buffer): Buffer {
    if (this.#skipped === null) return piece;
    const here = Math.min(this.#skipped.left, piece.length);
    this.#skipped.left -= here;
    return piece.subarray(here);
  }

  #skippedHead({ head, length, left }: SkippedFrame): Buffer | null {
    if (left > 0) return null;
    this.#skipped = null;
    this.#lastLength = length;
    return head;
  }

  /** Moves what is buffered to where it is alone and has room for more. */
  #move(more: number): void {
    const needed = this.#buffered + more;
    if (this.#lent || needed > this.#room.length) {
      const wholeFrame = lengthBytes + (this.#frameLength() ?? 0);
      this.#room = Buffer.allocUnsafeSlow(Math.max(needed, Math.min(2 * needed, wholeFrame)));
      this.#lent = false;
    }
    this.#bytes.copy(this.#room, 0, this.#start, this.#end);
    this.#end = this.#buffered;
    this.#start = 0;
    this.#bytes = this.#room;
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
