import { expect, it } from 'vitest';
import { murmur2, partitionOfKey } from './murmur2.ts';

it.each([
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
])('hashes %s as the Java client of Kafka does', (key, hash) => {
  expect(murmur2(Buffer.from(key))).toBe(hash);
});

it('chooses a partition for a key whatever the sign of its hash', () => {
  expect(partitionOfKey(Buffer.from('abc'), 7)).toBe(479470107 % 7);
  expect(partitionOfKey(Buffer.from('21'), 7)).toBe((-973932308 & 0x7fffffff) % 7);
});
