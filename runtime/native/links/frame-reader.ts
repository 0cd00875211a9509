import { WireError } from '../../wire/index.ts';

/** Of a frame's length field, in bytes. */
export const frameLengthMax = 64 * 1024 * 1024;

const lengthBytes = 4;

/**
 * Cuts what comes over a data connection into frames. Holds what has come of one frame and never
 * more: an announced length allocates nothing.
 */
export class FrameReader {
  readonly #onFrame: (type: number, body: Buffer) => void;
  #parts: Buffer[] = [];
  #held = 0;
  /** Bytes that must be there before anything can be done with them. */
  #needed = lengthBytes;

  /** @param onFrame its body is only valid during the call, unless it is kept as a whole */
  constructor(onFrame: (type: number, body: Buffer) => void) {
    this.#onFrame = onFrame;
  }

  /** @throws WireError when a length is not possible, and what `onFrame` throws */
  read(chunk: Buffer): void {
    this.#parts.push(chunk);
    this.#held += chunk.length;
    if (this.#held < this.#needed) return;
    const [first = chunk] = this.#parts;
    const data = this.#parts.length === 1 ? first : Buffer.concat(this.#parts, this.#held);
    const rest = data.subarray(this.#cut(data));
    this.#parts = rest.length === 0 ? [] : [rest];
    this.#held = rest.length;
  }

  /** @returns where the first frame begins that is not whole */
  #cut(data: Buffer): number {
    let start = 0;
    while (data.length - start >= lengthBytes) {
      const length = checkedLength(data.readUInt32LE(start));
      const end = start + lengthBytes + length;
      if (end > data.length) {
        this.#needed = lengthBytes + length;
        return start;
      }
      const body = start + lengthBytes + 1;
      this.#onFrame(data[body - 1] as number, data.subarray(body, end));
      start = end;
    }
    this.#needed = lengthBytes;
    return start;
  }
}

function checkedLength(length: number): number {
  if (length >= 1 && length <= frameLengthMax) return length;
  throw new WireError(`a frame announces ${length} bytes, possible are 1 to ${frameLengthMax}`);
}
