import { expect, it } from 'vitest';
import { bytes, headerTexts, json, messageOf, text } from './message.ts';

const position = { group: 'g', topic: 'in', partition: 2, offset: 7, previous: 5 };
const record = { offset: 7, timestampMs: 1_700_000_000_000, headers: [] };
const utf8 = (value: string) => Buffer.from(value);

it('is what the decoders make of its bytes, with its place and its time', () => {
  const raw = { ...record, key: utf8('k'), value: utf8('{"a":[1]}') };
  expect(messageOf({ key: text, value: json }, position, raw)).toEqual({
    ...{ topic: 'in', partition: 2, offset: 7, timestampMs: 1_700_000_000_000 },
    ...{ key: 'k', value: { a: [1] }, headers: [], position },
  });
  expect(messageOf({ key: bytes, value: bytes }, position, raw).value).toEqual(raw.value);
});

it('has no key and no value where there is none, whatever the decoders want', () => {
  const tombstone = messageOf({ key: json, value: json }, position, {
    ...{ ...record, key: null, value: null },
  });
  expect([tombstone.key, tombstone.value]).toEqual([null, null]);
});

it.each([
  [text, Buffer.from([0xc3, 0x28])],
  [json, Buffer.from('{')],
  [json, Buffer.from([0xff])],
])('is refused by %o where its bytes are no such thing', (decoder, value) => {
  const raw = { ...record, key: null, value };
  expect(() => messageOf({ key: text, value: decoder }, position, raw)).toThrow();
});

it('has the last header of a name, and an empty text for one without a value', () => {
  const headers = [
    { name: 'a', value: utf8('1') },
    { name: 'a', value: utf8('2') },
    { name: 'b', value: null },
  ];
  expect(headerTexts(headers)).toEqual({ a: '2', b: '' });
});
