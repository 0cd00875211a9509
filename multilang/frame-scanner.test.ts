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
  const odd = ['{\n"a":1}', '"\\nend\\n ü😀"', '{\nendless\nend \nend\r:1}'];
  const message = fc.oneof(fc.json(), fc.constantFrom(...odd));
  const end = fc.constantFrom('\nend\n', '\nend\r\n');
  fc.assert(
    fc.property(fc.array(fc.tuple(message, end)), fc.array(fc.nat(400)), (messages, cuts) => {
      const bytes = Buffer.from(messages.flat().join(''));
      const places = cuts.map((cut) => Math.min(cut, bytes.length));
      expect(scan(bytes, places)).toEqual(messages.map(([text]) => text));
    }),
  );
});

// clause: shell-framing
it('a separator may come one byte at a time', () => {
  const bytes = Buffer.from('1\nend\n2\r\nend\r\n3');
  const cuts = Array.from({ length: bytes.length }, (_, at) => at);
  expect(scan(bytes, cuts)).toEqual(['1', '2\r']);
});

it('keeps what has not ended, and no more of it than it may', () => {
  const scanner = new FrameScanner(100);
  expect(scanner.push(Buffer.from('1\nend\nhalf'))).toEqual(['1']);
  expect(scanner.unfinished).toBe('half');
  expect(() => scanner.push(Buffer.alloc(100))).toThrow('more than 100 bytes');
});

it('an end right behind another ends a message without a text', () => {
  expect(scan(Buffer.from('1\nend\nend\r\n2\nend\n'), [])).toEqual(['1', '', '2']);
});
