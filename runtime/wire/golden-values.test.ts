import { describe, expect, it } from 'vitest';
import { valueVectors } from './golden-values.fixture.ts';
import { decodeValues } from './value-decoder.ts';
import { ValueEncoder } from './value-encoder.ts';

const vectors = valueVectors();

describe('the values that every language replays', () => {
  const encoder = new ValueEncoder();
  const ours = vectors.filter(({ from }) => from.includes('typescript'));

  it.each(ours)('$name is written as everywhere', ({ value, bytes }) => {
    expect(Buffer.from(encoder.encode([value])).toString('hex')).toBe(bytes);
  });

  it.each(vectors)('$name is read as everywhere', ({ value, bytes }) => {
    const buffer = Buffer.from(`ff${bytes}ff`, 'hex');
    expect(decodeValues(buffer, 1, buffer.length - 1)).toStrictEqual([value]);
  });
});
