import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FrameScanner } from './frame-scanner.ts';

/** Cuts the bytes at these places and hands the pieces on. */
function scan(bytes: Buffer, cuts: readonly number[]): readonly unknown[] {
  const scanner = new FrameScanner();
  const places = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
  return places.slice(1).flatMap((end, index) => scanner.push(bytes.subarray(places[index], end)));
}

it('finds the same messages wherever the chunks are cut', () => {
  const message = fc.oneof(fc.json(), fc.constant('{\n"a":1}'), fc.constant('"\\nend\\n ü😀"'));
  fc.assert(
    fc.property(fc.array(message), fc.array(fc.nat(400)), (messages, cuts) => {
      const bytes = Buffer.from(messages.map((each) => `${each}\nend\n`).join(''));
      const places = cuts.map((cut) => Math.min(cut, bytes.length));
      expect(scan(bytes, places)).toEqual(messages);
    }),
  );
});

it('a separator may come one byte at a time', () => {
  const bytes = Buffer.from('1\nend\n2\nend\n3');
  const cuts = Array.from({ length: bytes.length }, (_, at) => at);
  expect(scan(bytes, cuts)).toEqual(['1', '2']);
});

it('keeps what has not ended, and no more of it than it may', () => {
  const scanner = new FrameScanner(100);
  expect(scanner.push(Buffer.from('1\nend\nhalf'))).toEqual(['1']);
  expect(scanner.unfinished).toBe('half');
  expect(() => scanner.push(Buffer.alloc(100))).toThrow('more than 100 bytes');
});
