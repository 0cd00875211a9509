import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Double } from '../storm-api/values/index.ts';
import { msgpackSerializer } from './msgpack-serializer.ts';
import { PackScanner } from './pack-scanner.ts';

const bytesOf = (values: readonly unknown[]) =>
  Buffer.from(msgpackSerializer.tuple({ id: 1, component: 'c', stream: 's', task: 4, values }));

// clause: shell-serializer, shell-values
it('what it writes is read as the same values', () => {
  const values = [1, -1, 300, -300, 70_000, 2n ** 62n, new Double(1), 0.1, 'ü'.repeat(40), true];
  const more = [null, [[]], new Uint8Array([1, 2]), Array.from({ length: 20 }, (_, at) => at)];
  const message = msgpackSerializer.parse(bytesOf([...values, ...more]));
  expect(message).toEqual({
    id: '1',
    comp: 'c',
    stream: 's',
    task: 4,
    tuple: [...values, ...more],
  });
});

it('finds the same messages wherever the chunks are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.jsonValue())), fc.array(fc.nat(500)), (tuples, cuts) => {
      const frames = tuples.map(bytesOf);
      const bytes = Buffer.concat(frames);
      const scanner = new PackScanner();
      const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length];
      places.sort((a, b) => a - b);
      const found = places
        .slice(1)
        .flatMap((end, index) => scanner.push(bytes.subarray(places[index], end)));
      expect(found.map((each) => each.toString('hex'))).toEqual(
        frames.map((each) => each.toString('hex')),
      );
      expect(scanner.unfinished).toBe('');
    }),
  );
});

it('refuses a byte that begins nothing, and a message without end', () => {
  expect(() => new PackScanner().push(Buffer.from([0xc1]))).toThrow('no MessagePack');
  const endless = new PackScanner(100);
  endless.push(Buffer.from([0xdb, 0xff, 0xff, 0xff, 0xff]));
  expect(() => endless.push(Buffer.alloc(100))).toThrow('more than 100 bytes');
});

it('names what has no form there', () => {
  expect(() => bytesOf([new Date(0)])).toThrow('has no form in MessagePack');
});
