import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, ThriftReader } from './decode.ts';
import { encode } from './encode.ts';
import { ThriftFormatError } from './errors.ts';
import {
  enumeration,
  list,
  map,
  optional,
  required,
  struct,
  type ThriftType,
  union,
  unmarked,
  type ValueOf,
} from './schema.ts';

const Point = struct('Point', { x: required(1, 'i32'), y: required(2, 'i32') });
const Colour = enumeration('Colour', { RED: 1, BLUE: 7 });
const Either = union('Either', { word: unmarked(1, 'string'), point: unmarked(2, Point) });
const Everything = struct('Everything', {
  flag: required(1, 'bool'),
  small: required(2, 'i32'),
  big: required(3, 'i64'),
  real: required(4, 'double'),
  text: required(5, 'string'),
  bytes: required(6, 'binary'),
  colour: required(7, Colour),
  either: required(8, list(Either)),
  byPoint: required(9, map(Point, 'string')),
  nested: required(10, map('string', map('string', 'i64'))),
  maybe: optional(11, 'i32'),
  perhaps: unmarked(12, 'string'),
});

const text = fc.string({ unit: 'binary' });
const bytes = fc.uint8Array().map((each) => Buffer.from(each));
const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const point = fc.record({ x: int, y: int }, { noNullPrototype: true });
const everything: fc.Arbitrary<ValueOf<typeof Everything>> = fc.record(
  {
    flag: fc.boolean(),
    small: int,
    big: long,
    real: fc.double(),
    text,
    bytes,
    colour: fc.constantFrom('RED', 'BLUE'),
    either: fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('word'), value: text }, { noNullPrototype: true }),
        fc.record({ kind: fc.constant('point'), value: point }, { noNullPrototype: true }),
      ),
    ),
    byPoint: fc.array(fc.tuple(point, text)).map((entries) => new Map(entries)),
    nested: fc
      .array(
        fc.tuple(
          text,
          fc.array(fc.tuple(text, long)).map((each) => new Map(each)),
        ),
      )
      .map((entries) => new Map(entries)),
    maybe: int,
    perhaps: text,
  },
  {
    noNullPrototype: true,
    requiredKeys: [
      'flag',
      'small',
      'big',
      'real',
      'text',
      'bytes',
      'colour',
      'either',
      'byPoint',
      'nested',
    ],
  },
);

/** Fields by hand: type number, id, then the value's bytes in hex. */
function fields(...each: readonly string[]): Buffer {
  return Buffer.from(`${each.join('')}00`.replaceAll(' ', ''), 'hex');
}

const pointBytes = fields('08 0001 00000001', '08 0002 00000002');

describe('codec', () => {
  it('reads back every value that it wrote', () => {
    fc.assert(
      fc.property(everything, (value) => {
        const written = encode(Everything, value);
        expect(decode(Everything, written)).toEqual(value);
        expect(encode(Everything, decode(Everything, written)).equals(written)).toBe(true);
      }),
    );
  });

  it('answers damaged bytes with a ThriftFormatError or a value, nothing else', () => {
    const damage = fc.record({ at: fc.nat(), byte: fc.nat(255), cut: fc.nat() });
    fc.assert(
      fc.property(everything, damage, (value, { at, byte, cut }) => {
        const written = encode(Everything, value);
        written[at % written.length] = byte;
        for (const damaged of [written, written.subarray(0, cut % written.length)]) {
          try {
            decode(Everything, damaged);
          } catch (error) {
            expect(error).toBeInstanceOf(ThriftFormatError);
          }
        }
      }),
    );
  });

  it('writes the bytes of the binary protocol', () => {
    expect(encode(Point, { x: 1, y: 2 }).equals(pointBytes)).toBe(true);
  });

  it('keeps 64 bit integers and the sign of zero', () => {
    const Numbers = struct('Numbers', { long: required(1, 'i64'), real: required(2, 'double') });
    const value = { long: 2n ** 62n + 1n, real: -0 };
    expect(decode(Numbers, encode(Numbers, value))).toEqual(value);
  });
});

describe('reading', () => {
  const readers: readonly (readonly [string, Buffer, RegExp])[] = [
    ['a missing required field', fields('08 0001 00000001'), /Point lacks its field y/],
    ['trailing bytes', Buffer.concat([pointBytes, Buffer.alloc(1)]), /bytes are left/],
    ['nothing', Buffer.alloc(0), /not a valid Thrift message/],
    ['a required field of another type', fields('08 0001 00000001', '0b 0002 00000000'), /field y/],
  ];

  it.each(readers)('refuses %s', (_, message, reason) => {
    expect(() => decode(Point, message)).toThrow(ThriftFormatError);
    expect(() => decode(Point, message)).toThrow(reason);
  });

  it('steps over fields that it does not know', () => {
    const unknown = [
      '0b 0063 00000002 6869',
      '0d 0064 0b0c 00000001 00000001 61 00',
      '0f 0065 02 00000002 01 00',
      '0e 0066 0a 00000001 0000000000000000',
    ];
    const message = Buffer.concat([fields(...unknown).subarray(0, -1), pointBytes]);
    expect(decode(Point, message)).toEqual({ x: 1, y: 2 });
  });

  it.each([
    ['no field', fields()],
    ['an unknown field only', fields('08 0009 00000001')],
    ['two fields', fields('0b 0001 00000000', '0c 0002 08 0001 00000001 08 0002 00000002 00')],
  ])('refuses a union with %s', (_, message) => {
    expect(() => decode(Either, message)).toThrow(/exactly one known field/);
  });

  it('refuses an enum number without a name', () => {
    const Holder = struct('Holder', { colour: required(1, Colour) });
    expect(() => decode(Holder, fields('08 0001 00000002'))).toThrow(/Colour has no value 2/);
  });

  it.each([
    ['more elements than bytes', list('bool'), '0f 0001 02 7fffffff'],
    ['a negative number of elements', list('bool'), '0f 0001 02 ffffffff'],
    ['elements of another type', list('bool'), '0f 0001 0b 00000001 00000000'],
    ['more entries than bytes', map('string', 'string'), '0d 0001 0b0b 7fffffff'],
    ['keys of another type', map('string', 'bool'), '0d 0001 0802 00000001 00000000 00'],
  ] as [string, ThriftType, string][])('refuses a container with %s', (_, type, hex) => {
    const Holder = struct('Holder', { held: required(1, type) });
    expect(() => decode(Holder, fields(hex))).toThrow(ThriftFormatError);
  });

  it('refuses a message whose elements are too many though they fit', () => {
    const Holder = struct('Holder', { held: required(1, list('bool')) });
    const count = 500_001;
    const head = Buffer.from(`0f000102${count.toString(16).padStart(8, '0')}`, 'hex');
    const message = Buffer.concat([head, Buffer.alloc(count + 1)]);
    expect(() => decode(Holder, message)).toThrow(/500000/);
  });

  it('tells where in the message the fault is', () => {
    const Holder = struct('Holder', { held: required(1, map(Point, map('string', Either))) });
    const message = fields(
      '0d 0001 0c0d 00000001',
      '08 0001 00000003 08 0002 00000004 00',
      '0b0c 00000001 00000003 626164 00',
    );
    expect(() => decode(Holder, message)).toThrow('at held.3/4.bad: Either must have');
  });

  it('reads fields of a foreign header strictly', () => {
    const old = Buffer.from('0000000161010000000000', 'hex');
    expect(() => new ThriftReader(old).readHeader()).toThrow(ThriftFormatError);
  });
});

describe('writing', () => {
  it('refuses a struct without a required field', () => {
    const value = { x: 1 } as ValueOf<typeof Point>;
    expect(() => encode(Point, value)).toThrow(/Point lacks its field y/);
  });

  it.each([2 ** 31, -(2 ** 31) - 1, 1.5, Number.NaN])('refuses %d as a 32 bit integer', (x) => {
    expect(() => encode(Point, { x, y: 0 })).toThrow(ThriftFormatError);
  });

  it('refuses a string where bytes belong, which npm thrift would spoil', () => {
    const Holder = struct('Holder', { bytes: required(1, 'binary') });
    const value = { bytes: 'ä' } as unknown as ValueOf<typeof Holder>;
    expect(() => encode(Holder, value)).toThrow(/binary must be bytes/);
  });
});
