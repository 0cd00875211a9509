const slabBytes = 64 << 10;
/** UTF-8 of a JavaScript string takes no more per code unit. */
const utf8BytesMax = 3;
/** Of one tuple: no frame holds more. */
const tupleBytesMax = 64 << 20;
/** Shorter strings are quicker to write one by one. */
const shortString = 24;

/**
 * Writes MessagePack, each number in its shortest form. What `take` returns is never written to
 * again.
 */
export class PackWriter {
  #buffer = Buffer.allocUnsafeSlow(slabBytes);
  #start = 0;
  #at = 0;

  /** What was written since the last call. */
  take(): Buffer {
    const taken = this.#buffer.subarray(this.#start, this.#at);
    this.#start = this.#at;
    return taken;
  }

  /** Leaves room that whoever takes it fills. */
  skip(bytes: number): void {
    this.#reserve(bytes);
    this.#at += bytes;
  }

  /** Drops what was written since the last `take`. */
  discard(): void {
    this.#at = this.#start;
  }

  nil(): void {
    this.#byte(0xc0);
  }

  bool(value: boolean): void {
    this.#byte(value ? 0xc3 : 0xc2);
  }

  /** @param value safe */
  integer(value: number): void {
    if (value >= 0) this.#natural(value);
    else this.#negative(value);
  }

  /** @param value of 64 bits */
  bigint(value: bigint): void {
    this.#byte(0xd3);
    this.int64(value);
  }

  double(value: number): void {
    this.#byte(0xcb);
    this.#reserve(8);
    this.#at = this.#buffer.writeDoubleBE(value, this.#at);
  }

  /** @param value well-formed */
  string(value: string): void {
    const { length } = value;
    if (length < shortString && this.#ascii(value)) return;
    this.#reserve(5 + utf8BytesMax * length);
    const header = stringHeaderBytes(length * utf8BytesMax);
    const written = this.#buffer.write(value, this.#at + header, 'utf8');
    const actual = stringHeaderBytes(written);
    if (actual !== header) {
      const from = this.#at + header;
      this.#buffer.copyWithin(this.#at + actual, from, from + written);
    }
    this.#header(written, 0xa0, 31, 0xd9);
    this.#at += written;
  }

  bytes(value: Uint8Array): void {
    this.#sized(value.length, 0xc4);
    this.raw(value);
  }

  /** `length` values follow. */
  array(length: number): void {
    if (length < 16) this.#byte(0x90 | length);
    else if (length < 0x1_0000) this.#short(0xdc, length);
    else this.#word(0xdd, length);
  }

  /** `size` keys follow, each with its value. */
  map(size: number): void {
    if (size < 16) this.#byte(0x80 | size);
    else if (size < 0x1_0000) this.#short(0xde, size);
    else this.#word(0xdf, size);
  }

  /** Writes an extension whose data is what `body` writes. */
  extension(type: number, body: () => void): void {
    this.#word(0xc9, 0);
    this.#byte(type);
    // Offsets, because the buffer may be another one after the body.
    const written = this.#at - this.#start;
    body();
    const length = this.#at - this.#start - written;
    this.#buffer.writeUInt32BE(length, this.#start + written - 5);
  }

  int32(value: number): void {
    this.#reserve(4);
    this.#at = this.#buffer.writeInt32BE(value, this.#at);
  }

  int64(value: bigint): void {
    this.#reserve(8);
    this.#at = this.#buffer.writeBigInt64BE(value, this.#at);
  }

  raw(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#buffer.set(value, this.#at);
    this.#at += value.length;
  }

  /** UTF-16 code units, the high byte first. */
  codeUnits(value: string): void {
    this.#reserve(2 * value.length);
    for (let index = 0; index < value.length; index++) {
      this.#at = this.#buffer.writeUInt16BE(value.charCodeAt(index), this.#at);
    }
  }

  /** False, with nothing written, when there is any other character. */
  #ascii(value: string): boolean {
    const { length } = value;
    this.#reserve(1 + length);
    const buffer = this.#buffer;
    let at = this.#at;
    buffer[at++] = 0xa0 | length;
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index);
      if (code > 0x7f) return false;
      buffer[at++] = code;
    }
    this.#at = at;
    return true;
  }

  #natural(value: number): void {
    if (value < 0x80) this.#byte(value);
    else if (value < 0x100) this.#two(0xcc, value);
    else if (value < 0x1_0000) this.#short(0xcd, value);
    else if (value < 0x1_0000_0000) this.#word(0xce, value);
    else this.#long(value);
  }

  #negative(value: number): void {
    if (value >= -0x20) this.#byte(value & 0xff);
    else if (value >= -0x80) this.#two(0xd0, value & 0xff);
    else if (value >= -0x8000) this.#short(0xd1, value & 0xffff);
    else if (value >= -0x8000_0000) this.#word(0xd2, value >>> 0);
    else this.#long(value);
  }

  #long(value: number): void {
    this.#reserve(9);
    const buffer = this.#buffer;
    buffer[this.#at] = 0xd3;
    buffer.writeInt32BE(Math.floor(value / 0x1_0000_0000), this.#at + 1);
    this.#at = buffer.writeUInt32BE(value >>> 0, this.#at + 5);
  }

  /** The header of str: `inline` with lengths up to a limit, else three forms from `first` on. */
  #header(length: number, inline: number, inlineMax: number, first: number): void {
    if (length <= inlineMax) this.#byte(inline | length);
    else this.#sized(length, first);
  }

  #sized(length: number, first: number): void {
    if (length < 0x100) this.#two(first, length);
    else if (length < 0x1_0000) this.#short(first + 1, length);
    else this.#word(first + 2, length);
  }

  #byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#at++] = value;
  }

  #two(type: number, value: number): void {
    this.#reserve(2);
    this.#buffer[this.#at++] = type;
    this.#buffer[this.#at++] = value;
  }

  #short(type: number, value: number): void {
    this.#reserve(3);
    this.#buffer[this.#at++] = type;
    this.#at = this.#buffer.writeUInt16BE(value, this.#at);
  }

  #word(type: number, value: number): void {
    this.#reserve(5);
    this.#buffer[this.#at++] = type;
    this.#at = this.#buffer.writeUInt32BE(value, this.#at);
  }

  /** Makes room; what was taken keeps the old buffer. */
  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return;
    const begun = this.#buffer.subarray(this.#start, this.#at);
    // of a text it is not known how long it becomes: what is in front of it decides, and its own length
    if (begun.length > tupleBytesMax || bytes > tupleBytesMax * utf8BytesMax) {
      throw new RangeError(
        `the values of a tuple take more than the ${tupleBytesMax} bytes that can be sent to another worker: send them in parts, or say where they can be found`,
      );
    }
    const next = Buffer.allocUnsafeSlow(Math.max(slabBytes, 2 * (begun.length + bytes)));
    next.set(begun);
    this.#buffer = next;
    this.#at = begun.length;
    this.#start = 0;
  }
}

function stringHeaderBytes(length: number): number {
  if (length <= 31) return 1;
  if (length < 0x100) return 2;
  return length < 0x1_0000 ? 3 : 5;
}
