import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Double, Int, Opaque } from '../../storm-api/values/index.ts';
import { WireError } from './errors.ts';
import { decodeValues } from './value-decoder.ts';
import { ValueEncoder } from './value-encoder.ts';

const encoder = new ValueEncoder();

function decode(bytes: Uint8Array): unknown[] {
  return decodeValues(Buffer.from(bytes), 0, bytes.length);
}

const wholeDouble = fc.maxSafeInteger().map((value) => new Double(value));
const opaque = fc
  .tuple(fc.string(), fc.integer(), fc.uint8Array(), fc.option(fc.string({ unit: 'binary' })))
  .map(([name, hash, bytes, digits]) => new Opaque(name, hash, bytes, digits));
const anyValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.string({ unit: 'binary' }),
    fc.maxSafeInteger(),
    fc.double(),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    wholeDouble,
    fc.integer().map((value) => new Int(value)),
    fc.uint8Array(),
    fc.date({ noInvalidDate: true }),
    opaque,
    fc.array(tie('value')),
    fc.dictionary(fc.string(), tie('value'), { noNullPrototype: true }),
    fc.array(fc.tuple(tie('value'), tie('value'))).map((entries) => new Map(entries)),
  ),
})).value;

describe('values on the wire', () => {
  it('arrive as they left', () => {
    fc.assert(
      fc.property(fc.array(anyValue), (values) => {
        expect(decode(encoder.encode(values))).toStrictEqual(values);
      }),
    );
  });

  it.each([0xffff, 0x1_0000, 0x2_0000])('may have %d parts', (size) => {
    const values = [
      'x'.repeat(size),
      '中'.repeat(size),
      `${'x'.repeat(size)}\ud83d`,
      new Uint8Array(size).fill(7),
      Array.from({ length: size }, (_, index) => index),
      new Map(Array.from({ length: size }, (_, index) => [index, null])),
    ];
    expect(decode(encoder.encode(values))).toStrictEqual(values);
  });

  it('stay what they are when more is written', () => {
    const first = encoder.encode(['first']);
    const copy = Uint8Array.from(first);
    for (let count = 0; count < 100; count++) encoder.encode(['x'.repeat(4096), count]);
    expect(first).toStrictEqual(Buffer.from(copy));
  });

  it('are written whole after one that could not be', () => {
    expect(() => encoder.encode(['good', () => 'bad'])).toThrow('a function cannot cross');
    expect(decode(encoder.encode(['good']))).toEqual(['good']);
  });

  it.each([
    ['nothing', ''],
    ['a list that ends early', '92c0'],
    ['a string that ends early', '91a3616'.padEnd(6, '1')],
    ['a size beyond the end', '91dfffffffff'],
    ['bytes beyond the end', '91c6ffffffff'],
    ['no list', 'c0'],
    ['more than one list', '9090'],
    ['a type that is not used', '91c1'],
    ['an extension that is not used', '91c9000000014500'],
    ['a plain object that is no map', '91c90000000102c0'],
    ['an opaque value shorter than its name', '91c90000000106000000 01a161'.replace(' ', '')],
  ])('are refused when they are %s', (_, hex) => {
    expect(() => decode(Buffer.from(hex, 'hex'))).toThrow(WireError);
  });
});

it('refuses a tuple too large for any frame before it fills the memory, and writes the next', () => {
  const text = 'x'.repeat(1 << 20);
  const list = Array.from({ length: 1_000_000 }, () => text);
  expect(() => encoder.encode([list])).toThrow(
    'take more than the 67108864 bytes that can be sent to another worker: send them in parts',
  );
  expect(decode(encoder.encode(['next']))).toEqual(['next']);
});
