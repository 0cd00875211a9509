import { expect, it } from 'vitest';
import { Double, Int, Opaque } from '../../storm-api/values/index.ts';
import { valueVectors } from '../wire/golden-values.fixture.ts';
import { deepHash, hashOf } from './java-hash.ts';

// Each is what Java 17 prints for hashCode of the value beside it, deepHashCode for lists.
it.each([
  ['', 0],
  ['hello', 99162322],
  ['Ünï', 215069],
  ['😀', 1772899],
  [0, 0],
  [1, 1],
  [-1, 0],
  [4294967296, 1],
  [9007199254740991, -2097152],
  [1.5, 1073217536],
  [-0, -2147483648],
  [10n, 10],
  [-(2n ** 63n), -2147483648],
  [true, 1231],
  [false, 1237],
  [null, 0],
  [undefined, 0],
  [new Uint8Array([1, 255, 128]), 30593],
  [[1, 2], 994],
  [['a', [1.5, null]], -1089989823],
  [new Date(1234567890123), 1912276436],
  [{ a: 1, b: 'x' }, 122],
  [new Double(1), 1072693248],
  [new Double(-0), -2147483648],
  [Number.NaN, 2146959360],
  [Number.POSITIVE_INFINITY, 2146435072],
  [2 ** 60, 1135607808],
  [new Int(-1), -1],
  [new Opaque('java.math.BigInteger', 1234, new Uint8Array()), 1234],
])('%s hashes as in Java', (value, hash) => {
  expect(hashOf(value)).toBe(hash);
});

it('a list of no values is 1, as in Java', () => {
  expect(deepHash([])).toBe(1);
});

it('refuses what Java cannot have', () => {
  expect(() => hashOf(() => 1)).toThrow('a function cannot be a field');
});

it.each(valueVectors())('$name is grouped as in every language', ({ value, hash }) => {
  expect(hashOf(value)).toBe(hash);
});
