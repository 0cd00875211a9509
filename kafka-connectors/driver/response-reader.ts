import { readInt64 } from './record-batches.ts';

/** Reads what answers in Kafka's protocol are made of, in its order. */
export class ResponseReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Goes over so many bytes, and says where they begin. */
  skip(count: number): number {
    const begin = this.#at;
    this.#at += count;
    return begin;
  }

  uint8(): number {
    return this.#bytes.readUInt8(this.skip(1));
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.skip(2));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.skip(4));
  }

  int64(): number {
    return readInt64(this.#bytes, this.skip(8));
  }

  text(length: number): string {
    const begin = this.skip(length);
    return this.#bytes.toString('utf8', begin, begin + length);
  }

  string(): string {
    return this.text(this.int16());
  }

  /** Empty for none. */
  bytes(): Buffer {
    const length = Math.max(this.int32(), 0);
    const begin = this.skip(length);
    return this.#bytes.subarray(begin, begin + length);
  }
}

/** Reads the newer forms of the protocol, where lengths are short and unknown fields may follow. */
export class TaggedReader extends ResponseReader {
  /** 0 for a list or text that is not there. */
  length(): number {
    return Math.max(this.#number() - 1, 0);
  }

  override string(): string {
    return this.text(this.length());
  }

  tags(): void {
    for (let count = this.#number(); count > 0; count--) {
      this.#number();
      this.skip(this.#number());
    }
  }

  #number(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.uint8();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }
}
