import kafkajs from 'kafkajs';
import { beforeAll, expect, it } from 'vitest';
import { compressionNumbers, decompress, loadCodecs } from './codecs.ts';

const { CompressionCodecs } = kafkajs;

beforeAll(() => loadCodecs());

it.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)(
  '%s brings back what it has packed',
  async (name) => {
    const number = compressionNumbers[name];
    const bytes = Buffer.from('to be or not to be, '.repeat(10_000));
    const codec = CompressionCodecs[number as keyof typeof CompressionCodecs]();
    const packed = await codec.compress({ buffer: bytes });
    expect(packed.length).toBeLessThan(bytes.length / 10);
    expect(decompress(number, packed).equals(bytes)).toBe(true);
    expect((await codec.decompress(packed)).equals(bytes)).toBe(true);
  },
);

it('LZ4 takes what cannot be packed as it is', async () => {
  const bytes = Buffer.alloc(100_000);
  for (let at = 0, state = 1; at < bytes.length; at++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    bytes[at] = state >>> 16;
  }
  const codec = CompressionCodecs[compressionNumbers.lz4 as keyof typeof CompressionCodecs]();
  const packed = await codec.compress({ buffer: bytes });
  expect(decompress(compressionNumbers.lz4, packed).equals(bytes)).toBe(true);
});

it('Zstandard takes a batch of any size that does not say how large it is, as those of Java', () => {
  const unpacked = decompress(compressionNumbers.zstd, zstdOfBlocks(100));
  expect(unpacked.equals(Buffer.alloc(100 * zstdBlockBytes, 'a'))).toBe(true);
});

it('Zstandard refuses a batch that is too large, whether it says so or not', () => {
  expect(() => decompress(compressionNumbers.zstd, zstdOfBlocks(2049))).toThrow('too large');
  const said = Buffer.from('28b52ffde0ffffffffffff0f00010000', 'hex');
  expect(() => decompress(compressionNumbers.zstd, said)).toThrow('too large');
});

it('names a codec that nobody knows', () => {
  expect(() => decompress(5, Buffer.alloc(3))).toThrow('compressed by unknown codec 5');
});

const zstdBlockBytes = 128 * 1024;

/** A frame (RFC 8878) whose head tells no length, of so many blocks that repeat one byte. */
function zstdOfBlocks(blocks: number): Buffer {
  const parts = [Buffer.from('28b52ffd0038', 'hex')];
  for (let index = 1; index <= blocks; index++) {
    const block = Buffer.from([0, 0, 0, 'a'.charCodeAt(0)]);
    block.writeUIntLE((zstdBlockBytes << 3) | 0b010 | (index === blocks ? 1 : 0), 0, 3);
    parts.push(block);
  }
  return Buffer.concat(parts);
}
