import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StormConf } from './storm-conf.ts';

it('gives back the text it was made of', () => {
  const json =
    '{"long":1,"double":1.0,"big":12345678901234567890,"exp":1e3,"n":null,"l":[1.0,{"x":2}],"s":"ü\\"\\n"}';
  expect(StormConf.fromJson(json).toJson()).toBe(json);
});

it('any JSON object survives, whatever its keys are called', () => {
  const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', ''));
  const value = fc.jsonValue();
  fc.assert(
    fc.property(fc.array(fc.tuple(key, value)), (entries) => {
      const json = JSON.stringify(Object.fromEntries(entries));
      const config = StormConf.fromJson(json);
      expect(config.toJson()).toBe(json);
      for (const [each] of entries) expect(config.has(each)).toBe(true);
    }),
  );
});

it('of a key that comes twice the last value counts', () => {
  expect(StormConf.fromJson('{"a":1,"b":{"c":1,"c":2},"a":2.0}').toJson()).toBe(
    '{"a":2.0,"b":{"c":2}}',
  );
});

describe('text that is not one JSON object is refused', () => {
  it.each([
    '',
    '1',
    'null',
    '[]',
    '"a"',
    '{',
    '{}{}',
    '{"a":1,}',
    "{'a':1}",
    '['.repeat(50_000),
    `{"a":${'['.repeat(50_000)}`,
  ])('%#', (text) => {
    expect(() => StormConf.fromJson(text)).toThrow(SyntaxError);
  });
});

it('merges key by key and leaves its operands as they were', () => {
  const below = StormConf.fromJson('{"a":1,"l":[1,2]}');
  const above = StormConf.fromJson('{"l":[3],"b":null}');
  expect(below.merge(above).toJson()).toBe('{"a":1,"l":[3],"b":null}');
  expect(below.toJson()).toBe('{"a":1,"l":[1,2]}');
});

it('typed access gives null for absent and null, and refuses other types by name', () => {
  const config = StormConf.fromJson('{"n":null,"s":"x","l":[1,"x"],"d":1.5}');
  expect([config.number('n'), config.number('none'), config.number('d')]).toEqual([
    null,
    null,
    1.5,
  ]);
  expect(() => config.number('s')).toThrow('s must be a number, not "x"');
  expect(() => config.numberList('l')).toThrow('l must be a list of numbers, not [1,"x"]');
  expect(() => config.boolean('d')).toThrow(TypeError);
});

it('takes every Long of a client as it is, and names an integer that is none', () => {
  const text = '{"a":-9223372036854775808,"b":9223372036854775807,"c":1e30,"d":[1.5]}';
  expect(StormConf.fromClient(text).toJson()).toBe(text);
  for (const value of ['9223372036854775808', '-9223372036854775809', '1'.repeat(21)]) {
    expect(() => StormConf.fromClient(`{"a":[${value}]}`)).toThrow(`${value} is beyond 64 bits`);
  }
});
