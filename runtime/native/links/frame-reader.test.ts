import { expect, it } from 'vitest';
import { FrameReader } from './frame-reader.ts';

function frame(type: number, body: string): Buffer {
  const bytes = Buffer.from(body);
  const head = Buffer.alloc(5);
  head.writeUInt32LE(bytes.length + 1, 0);
  head[4] = type;
  return Buffer.concat([head, bytes]);
}

it('cuts the same frames out of a stream however it is cut into chunks', () => {
  const stream = Buffer.concat([frame(3, 'first'), frame(4, ''), frame(3, 'x'.repeat(1000))]);
  for (const chunkBytes of [1, 3, 7, 500, stream.length]) {
    const frames: string[] = [];
    const reader = new FrameReader((type, body) => frames.push(`${type} ${body}`));
    for (let at = 0; at < stream.length; at += chunkBytes) {
      reader.read(stream.subarray(at, at + chunkBytes));
    }
    expect(frames).toEqual(['3 first', '4 ', `3 ${'x'.repeat(1000)}`]);
  }
});

it.each([
  [0, 'a frame announces 0 bytes'],
  [64 * 1024 * 1024 + 1, 'a frame announces 67108865 bytes, possible are 1 to 67108864'],
])('refuses an announcement of %d bytes before any of them came', (length, reason) => {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(length, 0);
  const reader = new FrameReader(() => {});
  expect(() => reader.read(head)).toThrow(reason);
});
