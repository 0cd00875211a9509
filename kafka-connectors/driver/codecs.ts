import { gunzipSync, gzipSync } from 'node:zlib';
import kafkajs from 'kafkajs';
import { compressBlock, compressBound, decompressBound, decompress as decompressLz4 } from 'lz4js';
import { compress as compressSnappyBlock, uncompress as uncompressSnappyBlock } from 'snappyjs';
import type { Compression } from './kafka-driver.ts';
import { initZstd, packZstd, unpackZstd } from './zstd.ts';

/** What one batch of records may become; a few bytes can ask for all memory. */
const decompressedBytesMax = 256 * 1024 * 1024;

const { CompressionCodecs, CompressionTypes } = kafkajs;

interface Codec {
  compress(bytes: Uint8Array): Uint8Array;
  decompress(bytes: Uint8Array): Uint8Array;
}

/** By the number that a batch of records gives. */
const codecs = new Map<number, Codec>([
  [
    CompressionTypes.GZIP,
    {
      compress: (bytes) => gzipSync(bytes),
      decompress: (bytes) => gunzipSync(bytes, { maxOutputLength: decompressedBytesMax }),
    },
  ],
  [CompressionTypes.Snappy, { compress: frameSnappy, decompress: decompressSnappy }],
  [CompressionTypes.LZ4, { compress: frameLz4, decompress: unpackLz4 }],
  [
    CompressionTypes.ZSTD,
    { compress: packZstd, decompress: (bytes) => unpackZstd(bytes, decompressedBytesMax) },
  ],
]);

export const compressionNumbers: Readonly<Record<Compression, number>> = {
  none: CompressionTypes.None,
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4,
  zstd: CompressionTypes.ZSTD,
};

let ready: Promise<void> | null = null;

/** To be awaited before anything is read or written: one codec has to be loaded, and kafkajs told of all. */
export function loadCodecs(): Promise<void> {
  ready ??= initZstd().then(() => {
    for (const [number, { compress, decompress }] of codecs) {
      CompressionCodecs[number as keyof typeof CompressionCodecs] = () => ({
        compress: async ({ buffer }: { buffer: Buffer }) => asBuffer(compress(buffer)),
        decompress: async (bytes: Buffer) => asBuffer(decompress(bytes)),
      });
    }
  });
  return ready;
}

/** @throws RangeError for a number that Kafka has not given to a codec; the codec's error */
export function decompress(number: number, bytes: Uint8Array): Buffer {
  const codec = codecs.get(number);
  if (codec === undefined) throw new RangeError(`compressed by unknown codec ${number}`);
  return asBuffer(codec.decompress(bytes));
}

/** The package takes the longest length as the one to allocate, so it is looked at first. */
function unpackLz4(bytes: Uint8Array): Uint8Array {
  const length: unknown = decompressBound(bytes);
  if (Number(length) > decompressedBytesMax) throw new RangeError('an LZ4 batch is too large');
  return decompressLz4(bytes);
}

/** A frame of blocks that do not refer to each other, which is all that brokers take, of 64 KiB at most. */
const lz4Head = Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82]);
const lz4End = Buffer.alloc(4);
const lz4BlockBytes = 64 * 1024;
const lz4HashEntries = 1 << 16;
/** In a block's length: it is as it was. */
const lz4Stored = 0x8000_0000;

/** The package's own frames have blocks that refer back. */
function frameLz4(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [lz4Head];
  for (let at = 0; at < bytes.length; at += lz4BlockBytes) {
    const block = bytes.subarray(at, at + lz4BlockBytes);
    const packed = Buffer.alloc(compressBound(block.length));
    const size = compressBlock(block, packed, 0, block.length, new Uint32Array(lz4HashEntries));
    const isPacked = size > 0 && size < block.length;
    const length = Buffer.alloc(4);
    length.writeUInt32LE(isPacked ? size : block.length + lz4Stored);
    parts.push(length, isPacked ? packed.subarray(0, size) : block);
  }
  parts.push(lz4End);
  return Buffer.concat(parts);
}

/** What Java's SnappyOutputStream writes: this, then blocks that begin with their length. */
const snappyMagic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0]);
const snappyHeadBytes = 16;
const snappyBlockBytes = 32 * 1024;

function decompressSnappy(bytes: Uint8Array): Uint8Array {
  const input = asBuffer(bytes);
  if (!input.subarray(0, snappyMagic.length).equals(snappyMagic)) return uncompressBlock(input);
  const blocks: Uint8Array[] = [];
  for (let at = snappyHeadBytes; at < input.length; ) {
    const end = at + 4 + input.readUInt32BE(at);
    if (end > input.length) throw new RangeError('a Snappy block is cut short');
    blocks.push(uncompressBlock(input.subarray(at + 4, end)));
    at = end;
  }
  return Buffer.concat(blocks);
}

function uncompressBlock(block: Uint8Array): Uint8Array {
  return uncompressSnappyBlock(block, decompressedBytesMax);
}

function frameSnappy(bytes: Uint8Array): Uint8Array {
  const head = Buffer.alloc(snappyHeadBytes);
  snappyMagic.copy(head);
  head.writeInt32BE(1, 8);
  head.writeInt32BE(1, 12);
  const parts: Uint8Array[] = [head];
  for (let at = 0; at < bytes.length; at += snappyBlockBytes) {
    const block = compressSnappyBlock(bytes.subarray(at, at + snappyBlockBytes));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(block.length);
    parts.push(length, block);
  }
  return Buffer.concat(parts);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
