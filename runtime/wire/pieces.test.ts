import { expect, it } from 'vitest';
import { encodeFrame } from './control-frames.ts';
import { lineBytesMax } from './line-reader.ts';
import { PieceJoiner, piecesOf, textLengthMax } from './pieces.ts';

it.each([
  ['nothing', '', 1],
  ['little', 'Grüße 😀', 1],
  ['the worst that JSON makes of a text', '\u0000'.repeat(3 * 1024 * 1024), 6],
  ['pairs that are cut in two', `x${'😀'.repeat(400_000)}`, 2],
])('a text of %s is whole again after its frames', (_, text, count) => {
  const frames = piecesOf(text).map((piece) =>
    encodeFrame({ type: 'drpc-result', id: 'a'.repeat(32), result: piece.text, more: piece.more }),
  );
  expect(frames).toHaveLength(count);
  expect(frames.every((frame) => Buffer.byteLength(frame) < lineBytesMax)).toBe(true);
  const joiner = new PieceJoiner();
  const joined = frames.map((frame) => {
    const { result, more } = JSON.parse(frame) as { result: string; more: boolean };
    return joiner.add({ text: result, more });
  });
  expect(joined.slice(0, -1).every((each) => each === null)).toBe(true);
  expect(joined.at(-1) === text).toBe(true);
});

it('a text without end is refused before it fills the memory', () => {
  const joiner = new PieceJoiner();
  const piece = { text: 'x'.repeat(textLengthMax / 2), more: true };
  joiner.add(piece);
  joiner.add(piece);
  expect(() => joiner.add({ text: 'x', more: true })).toThrow('longer than 16777216');
});
