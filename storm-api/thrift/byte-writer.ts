const firstBytes = 256;

/** Big-endian primitives of Thrift's binary protocol, collected in one buffer that grows. */
export class ByteWriter {
  #bytes = Buffer.allocUnsafe(firstBytes);
  #length = 0;

  byte(value: number): void {
    const at = this.#reserve(1);
    this.#bytes[at] = value;
  }

  int16(value: number): void {
    const at = this.#reserve(2);
    this.#bytes.writeInt16BE(value, at);
  }

  int32(value: number): void {
    const at = this.#reserve(4);
    this.#bytes.writeInt32BE(value, at);
  }

  int64(value: bigint): void {
    const at = this.#reserve(8);
    this.#bytes.writeBigInt64BE(value, at);
  }

  double(value: number): void {
    const at = this.#reserve(8);
    this.#bytes.writeDoubleBE(value, at);
  }

  /** Its length, then the bytes. */
  binary(value: Uint8Array): void {
    this.int32(value.length);
    const at = this.#reserve(value.length);
    this.#bytes.set(value, at);
  }

  /** Its length in bytes, then UTF-8. */
  string(value: string): void {
    const length = Buffer.byteLength(value);
    this.int32(length);
    const at = this.#reserve(length);
    this.#bytes.write(value, at);
  }

  /** Replaces four bytes that were written before. */
  setInt32(at: number, value: number): void {
    this.#bytes.writeInt32BE(value, at);
  }

  /** A view of everything written; the writer must not be used after it. */
  written(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  get length(): number {
    return this.#length;
  }

  #reserve(count: number): number {
    const at = this.#length;
    const needed = at + count;
    if (needed > this.#bytes.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length));
      this.#bytes.copy(grown, 0, 0, at);
      this.#bytes = grown;
    }
    this.#length = needed;
    return at;
  }
}
