import { compress as compressFrame, decompress as decompressFrame, init } from '@bokuweb/zstd-wasm';

const magic = 0xfd2fb528;
const roomFirst = 1024 * 1024;
const roomFactor = 8;
const tooLarge = 'a Zstandard batch is too large';
/** The longest that comes before the length, and the length. */
const headBytes = 10 + 8;

/** To be awaited before anything else here is called. */
export const initZstd = init;

export function packZstd(bytes: Uint8Array): Uint8Array {
  return compressFrame(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

/**
 * The package needs to be told how much there will be where the frame does not say, as those of Java
 * do not, and believes the ones that do.
 * @throws RangeError for more than `bytesMax`; Error for what is no frame
 */
export function unpackZstd(bytes: Uint8Array, bytesMax: number): Uint8Array {
  const told = contentBytes(bytes);
  if (told !== null && told > bytesMax) throw new RangeError(tooLarge);
  let room = Math.min(roomFirst, bytesMax);
  for (;;) {
    try {
      return decompressFrame(bytes, { defaultHeapSize: room });
    } catch (error) {
      if (told !== null || !isShortOfRoom(error)) throw error;
      if (room === bytesMax) throw new RangeError(tooLarge, { cause: error });
      room = Math.min(room * roomFactor, bytesMax);
    }
  }
}

/** What the header says of the content's length (RFC 8878, 3.1.1.1); null where it does not. */
function contentBytes(frame: Uint8Array): number | null {
  const head = Buffer.alloc(headBytes);
  head.set(frame.subarray(0, headBytes));
  if (head.readUInt32LE(0) !== magic) return null;
  const descriptor = head.readUInt8(4);
  const isSingle = (descriptor & 0x20) !== 0;
  const at = 5 + (isSingle ? 0 : 1) + ([0, 1, 2, 4][descriptor & 3] ?? 0);
  switch (descriptor >>> 6) {
    case 0:
      return isSingle ? head.readUInt8(at) : null;
    case 1:
      return head.readUInt16LE(at) + 256;
    case 2:
      return head.readUInt32LE(at);
    default:
      return Number(head.readBigUInt64LE(at));
  }
}

/** ZSTD_error_dstSize_tooSmall, which the package has only in its sentence. */
function isShortOfRoom(error: unknown): boolean {
  return error instanceof Error && /-70$/.test(error.message);
}
