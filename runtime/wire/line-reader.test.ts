import { expect, it } from 'vitest';
import { WireError } from './errors.ts';
import { LineReader } from './line-reader.ts';

it('cuts lines wherever the chunks were cut, inside a character too', () => {
  const bytes = Buffer.from('one\ntwö\n\nrest');
  for (let cut = 0; cut <= bytes.length; cut++) {
    const reader = new LineReader();
    const lines = [...reader.read(bytes.subarray(0, cut)), ...reader.read(bytes.subarray(cut))];
    expect(lines).toEqual(['one', 'twö', '']);
  }
});

it('refuses a line that grows beyond the limit before it ends', () => {
  const reader = new LineReader(10);
  expect(reader.read(Buffer.from('0123456789'))).toEqual([]);
  expect(() => reader.read(Buffer.from('x'))).toThrow(WireError);
});

it('counts each line for itself', () => {
  const reader = new LineReader(4);
  expect(reader.read(Buffer.from('1234\n1234\n12'))).toEqual(['1234', '1234']);
});
