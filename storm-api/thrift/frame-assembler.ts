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

  constructor(limits: FrameLimits, budget: ByteBudget) {
    this.#limits = limits;
    this.#budget = budget;
  }

  /** Whether a frame has begun and is not whole. */
  get unfinished(): boolean {
    return this.#buffered > 0;
  }

  /** Whether `next` has a whole frame to give. @throws ThriftFormatError as `next` does */
  get ready(): boolean {
    const length = this.#frameLength();
    return length !== null && this.#buffered >= lengthBytes + length;
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
    const fits = this.#bytes === this.#room && this.#end + chunk.length <= this.#room.length;
    if (!fits) this.#move(chunk.length);
    this.#end += chunk.copy(this.#bytes, this.#end);
  }

  /** The next whole frame without its length; null when there is none. @throws ThriftFormatError */
  next(): Buffer | null {
    const length = this.#frameLength();
    if (length === null || !this.ready) return null;
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
