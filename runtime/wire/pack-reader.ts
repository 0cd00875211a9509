import { WireError } from './errors.ts';

/** Reads MessagePack's own parts one after the other; what they mean is the caller's. */
export class PackReader {
  readonly #buffer: Buffer;
  readonly #end: number;
  #at: number;

  /** @param end first byte that is not to be read */
  constructor(buffer: Buffer, start: number, end: number) {
    this.#buffer = buffer;
    this.#at = start;
    this.#end = end;
  }

  get at(): number {
    return this.#at;
  }

  get hasMore(): boolean {
    return this.#at < this.#end;
  }

  uint8(): number {
    return this.#buffer[this.#take(1)] as number;
  }

  int8(): number {
    return (this.uint8() << 24) >> 24;
  }

  uint16(): number {
    return this.#buffer.readUInt16BE(this.#take(2));
  }

  int16(): number {
    return this.#buffer.readInt16BE(this.#take(2));
  }

  uint32(): number {
    return this.#buffer.readUInt32BE(this.#take(4));
  }

  int32(): number {
    return this.#buffer.readInt32BE(this.#take(4));
  }

  /** A number when it is safe, else a bigint. */
  uint64(): number | bigint {
    const at = this.#take(8);
    return safe(this.#buffer.readUInt32BE(at), this.#buffer.readUInt32BE(at + 4));
  }

  /** A number when it is safe, else a bigint. */
  int64(): number | bigint {
    const at = this.#take(8);
    return safe(this.#buffer.readInt32BE(at), this.#buffer.readUInt32BE(at + 4));
  }

  bigint64(): bigint {
    return this.#buffer.readBigInt64BE(this.#take(8));
  }

  float32(): number {
    return this.#buffer.readFloatBE(this.#take(4));
  }

  float64(): number {
    return this.#buffer.readDoubleBE(this.#take(8));
  }

  string(bytes: number): string {
    const at = this.#take(bytes);
    return this.#buffer.toString('utf8', at, at + bytes);
  }

  codeUnits(bytes: number): string {
    const at = this.#take(bytes);
    const units = Buffer.from(this.#buffer.subarray(at, at + bytes)).swap16();
    return units.toString('utf16le');
  }

  /** A copy. */
  bytes(length: number): Uint8Array {
    const at = this.#take(length);
    return new Uint8Array(this.#buffer.subarray(at, at + length));
  }

  #take(bytes: number): number {
    const at = this.#at;
    if (bytes < 0 || at + bytes > this.#end)
      throw new WireError('the values of a tuple end too early');
    this.#at = at + bytes;
    return at;
  }
}

function safe(high: number, low: number): number | bigint {
  const number = high * 0x1_0000_0000 + low;
  return Number.isSafeInteger(number) ? number : (BigInt(high) << 32n) | BigInt(low);
}
