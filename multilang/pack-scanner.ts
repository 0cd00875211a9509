import { BadMessageError } from './message.ts';

const messageBytesMaxDefault = 64 * 1024 * 1024;

/** Of one item: bytes of its header and of its data, and the items that follow as part of it. */
interface Extent {
  readonly bytes: number;
  readonly items: number;
}

/** Cuts a stream of MessagePack into its top-level values; every byte of a header is read once. */
export class PackScanner {
  readonly #bytesMax: number;
  /** Of the value that has begun: what has come of it, but for a header that is not whole. */
  #pieces: Buffer[] = [];
  #pieceBytes = 0;
  #header: Buffer = Buffer.alloc(0);
  #hasBegun = false;
  /** Bytes that its last item still lacks. */
  #missingBytes = 0;
  /** Items that it still lacks. */
  #missingItems = 0;

  constructor(bytesMax = messageBytesMaxDefault) {
    this.#bytesMax = bytesMax;
  }

  /** Binary: nothing that anybody could read. */
  get unfinished(): string {
    const bytes = this.#pieceBytes + this.#header.length;
    return bytes === 0 ? '' : `${bytes} bytes of MessagePack`;
  }

  /** @throws BadMessageError for a byte that begins nothing, or a value that is too long */
  push(chunk: Buffer): readonly Buffer[] {
    const bytes = Buffer.concat([this.#header, chunk]); // a copy: values keep parts of it
    const frames: Buffer[] = [];
    let start = 0;
    let at = 0;
    for (;;) {
      const there = Math.min(this.#missingBytes, bytes.length - at);
      this.#missingBytes -= there;
      at += there;
      if (this.#missingBytes > 0) break;
      if (this.#hasBegun && this.#missingItems === 0) {
        frames.push(this.#whole(bytes.subarray(start, at)));
        start = at;
      }
      const extent = extentAt(bytes, at);
      if (extent === null) break;
      this.#missingItems += extent.items - (this.#hasBegun ? 1 : 0);
      this.#missingBytes = extent.bytes;
      this.#hasBegun = true;
    }
    this.#header = bytes.subarray(at);
    this.#keep(bytes.subarray(start, at));
    return frames;
  }

  #keep(piece: Buffer): void {
    if (piece.length > 0) this.#pieces.push(piece);
    this.#pieceBytes += piece.length;
    if (this.#pieceBytes <= this.#bytesMax) return;
    throw new BadMessageError(`a message of more than ${this.#bytesMax} bytes`);
  }

  #whole(last: Buffer): Buffer {
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#pieceBytes = 0;
    this.#hasBegun = false;
    return pieces.length === 0 ? last : Buffer.concat([...pieces, last]);
  }
}

/** null when the header is not whole. */
function extentAt(buffer: Buffer, at: number): Extent | null {
  const type = buffer[at];
  if (type === undefined) return null;
  if (type < 0x80 || type >= 0xe0) return { bytes: 1, items: 0 };
  if (type < 0x90) return { bytes: 1, items: 2 * (type & 0x0f) };
  if (type < 0xa0) return { bytes: 1, items: type & 0x0f };
  if (type < 0xc0) return { bytes: 1 + (type & 0x1f), items: 0 };
  const fixed = fixedBytes.get(type);
  if (fixed !== undefined) return { bytes: fixed, items: 0 };
  return sizedExtent(buffer, at, type);
}

/** nil, false and true; the numbers; the extensions of fixed size. */
const fixedBytes: ReadonlyMap<number, number> = new Map([
  ...[0xc0, 0xc2, 0xc3].map((type) => [type, 1] as const),
  ...[5, 9, 2, 3, 5, 9, 2, 3, 5, 9].map((bytes, index) => [0xca + index, bytes] as const),
  ...[3, 4, 6, 10, 18].map((bytes, index) => [0xd4 + index, bytes] as const),
]);

/** By type: bytes of the length, bytes beside the data, and items for each that is counted. */
const sized = new Map<number, readonly [number, number, number]>([
  ...[0xc4, 0xc5, 0xc6].map((type, index) => [type, [1 << index, 1, 0]] as const),
  ...[0xc7, 0xc8, 0xc9].map((type, index) => [type, [1 << index, 2, 0]] as const),
  ...[0xd9, 0xda, 0xdb].map((type, index) => [type, [1 << index, 1, 0]] as const),
  ...[0xdc, 0xdd].map((type, index) => [type, [2 << index, 1, 1]] as const),
  ...[0xde, 0xdf].map((type, index) => [type, [2 << index, 1, 2]] as const),
]);

/** @throws BadMessageError for 0xc1, which begins nothing */
function sizedExtent(buffer: Buffer, at: number, type: number): Extent | null {
  const form = sized.get(type);
  if (form === undefined) throw new BadMessageError(`what is no MessagePack: byte ${type}`);
  const [lengthBytes, others, itemsEach] = form;
  if (at + 1 + lengthBytes > buffer.length) return null;
  const length = buffer.readUIntBE(at + 1, lengthBytes);
  const header = lengthBytes + others;
  if (itemsEach > 0) return { bytes: header, items: length * itemsEach };
  return { bytes: header + length, items: 0 };
}
