import { expect, it } from 'vitest';
import { murmur2, partitionOfKey } from './murmur2.ts';

/** Key in hexadecimal digits, Utils.murmur2 and BuiltInPartitioner.partitionForKey(key, 7) of kafka-clients 3.9.2. */
const ofJava = [
  ['', 275646681, 2],
  ['61', -1563381124, 5],
  ['3231', -973932308, 3],
  ['666f6f626172', -790332482, 0],
  ['6772c3bcc39f65', 1943707148, 5],
  ['e697a5e69cace8aa9e', 1431860170, 6],
  ['f09f9880206b6579', 264525617, 6],
  ['f8', -590710528, 0],
  ['38ae', 1586664544, 3],
  ['24e3cd', 1375315412, 2],
  ['5bb7dd03', -771318270, 0],
  ['28e22533ed', -454817824, 3],
  ['267a05cfd62b', -514817745, 1],
  ['fbb6298f41af15', -930165510, 1],
  ['648f66b7842ed473', -132445983, 4],
  ['dd8e6803d37a41fc59', 790543033, 0],
  ['b80b878d4d305c6cab90', -776248381, 3],
  ['a7fa6ce83f5b34aa9d0db2', -269354948, 0],
  ['b3c3031f80b6bbe0f932eab2', 952986408, 3],
  ['f6c5845366480b0447bfa2e3aa', -754803332, 6],
  ['de356926b97c25e37c1515af10ef7c32', -872027176, 3],
  ['f42c924339309150d3f4bb2a333fce85a9d1a3', -212568911, 0],
] as const;

it.each(ofJava)(
  'hashes %s, and chooses its partition, as the Java client of Kafka does',
  (hex, hash, partition) => {
    const key = Buffer.from(hex, 'hex');
    expect(murmur2(key)).toBe(hash);
    expect(partitionOfKey(key, 7)).toBe(partition);
  },
);

it.each([
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
