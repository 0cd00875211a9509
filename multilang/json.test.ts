import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Double, Int, Opaque } from '../storm-api/values/index.ts';
import { readJson } from './json-reader.ts';
import { jsonSerializer } from './json-serializer.ts';
import { jsonText } from './json-text.ts';
import { readMessage, type ShellMessage } from './message.ts';

it.each([
  '{"command": "sync"}',
  '{"command":"sync"}',
  '{"command": "ack", "id": "12"}',
  '{"command":"ack","id":"12"}',
  '{"command": "ack"}',
  '{"command": "ack", "id": 12}',
  '{"command": "ack", "id": "12", "more": "13"}',
  '{"command": "ack", "id": "1\\"2"}',
  '{"command": "emit", "anchors": ["12"], "tuple": ["a", 1, {"b": [null]}]}',
  '{"command":"emit","anchors":["12"],"tuple":[]}',
  '{"command":"emit","tuple":["a]}"],"anchors":["12"]}',
  '{"command":"emit","tuple":["a"],"id":5}',
  '{"command": "emit", "id": 5, "tuple": ["a"]}',
  '{"command": "emit", "id": "\u00fc 5", "tuple": ["a"]}',
  '{"command": "emit", "id": 123456789012345, "tuple": ["a"]}',
  '{"command": "emit", "tuple": ["a"]}',
  // of another spelling, or made to be taken for one of these
  '{"command": "emit", "id": "a\\"b", "tuple": ["a"]}',
  '{"command": "emit", "id": null, "tuple": ["a"]}',
  '{"command": "emit", "anchors": ["1", "2"], "tuple": ["a"]}',
  '{"command": "emit", "anchors": ["1"], "tuple": ["a"], "stream": "s", "more": [1]}',
  '{"command":"emit","tuple":["a"],"anchors":["1"],"id":5}',
  '{"command":"emit","tuple":["a"],"tuple":["b"],"anchors":["1"]}',
  '{"command":"emit","tuple":["],\\"anchors\\":[\\"1\\"]}"]}',
  '{"command":"emit","tuple":["a"],"stream":"s","anchors":["1"]}',
  '{"command": "emit", "tuple": ["a"], "id": 5}',
  '{"command":"emit","id":"5","tuple":["a"]}',
  '{"command":"emit","tuple":[["a]"],{"b":["\\\\"]}],"anchors":[]}',
  '{"command":"emit","tuple":["a"],"task":7,"anchors":["1"]}',
  '{"command":"emit","tuple":["a"],"need_task_ids":false}',
  '{"command":"emit","tuple":["\u00fc \\u00fc"],"anchors":["012"]}',
  '{"command":"emit", "tuple":["a"],"id":1234567890123456}',
])('what children say most means what JSON says: %s', (text) => {
  expect(said(text)).toEqual(numbered(readMessage(JSON.parse(text))));
});

it('what children say most is no text to be parsed', () => {
  const words = ['{"command":"sync"}', '{"command": "ack", "id": "7"}'];
  const emits = ['{"command":"emit","tuple":["a"],"id":5}', '{"command": "emit", "tuple": ["a"]}'];
  const bytes = Buffer.from([...words, ...emits].map((text) => `${text}\nend\n`).join(''));
  const frames = jsonSerializer.newReader().push(bytes);
  expect(frames).toMatchObject([
    { command: 'sync' },
    { command: 'ack', id: 7 },
    { command: 'emit', id: 5 },
    { command: 'emit', id: null },
  ]);
});

it.each([
  '{"command": "emit", "id": 05, "tuple": ["a"]}',
  '{"command": "emit", "id": "\n", "tuple": ["a"]}',
  '{"command": "emit", "tuple": ["a"}',
  '{"command": "emit", "tuple": ["a"], ["b"]}',
  '{"command":"emit","tuple":["a],"anchors":["1"]}',
])('what is no JSON is not made any by looking like what children say: %s', (text) => {
  expect(() => said(text)).toThrow('no JSON');
});

it('the values of an emit are as exact in every spelling', () => {
  const values = '[1.0, 1, 9007199254740993, NaN]';
  const exact = [new Double(1), 1, 9007199254740993n, Number.NaN];
  for (const facts of ['"anchors": ["1"], ', '"id": 7, ', '"stream": "s", ']) {
    const text = `{"command": "emit", ${facts}"tuple": ${values}}`;
    expect(said(text)).toMatchObject({ command: 'emit', tuple: exact });
  }
});

/** What a child has said by this text. */
function said(text: string): ShellMessage | undefined {
  const frames = jsonSerializer.newReader().push(Buffer.from(`${text}\nend\n`));
  return frames.map((frame) => numbered(jsonSerializer.read(frame)))[0];
}

/** Ids of tuples are our own numbers, whether they came as such or as their text. */
function numbered(message: ShellMessage): ShellMessage {
  if (message.command === 'emit') return { ...message, anchors: message.anchors.map(String) };
  if (message.command !== 'ack' || message.id === undefined) return message;
  return { ...message, id: String(message.id) };
}

describe('readJson', () => {
  it.each([
    ['1', 1],
    ['-0', 0],
    ['1.0', new Double(1)],
    ['-0.0', -0],
    ['1e2', new Double(100)],
    ['0.1', 0.1],
    ['1e300', 1e300],
    ['9007199254740993', 9007199254740993n],
    ['-9223372036854775808', -(2n ** 63n)],
    ['NaN', Number.NaN],
    ['[Infinity, -Infinity]', [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
    ['{"a" : [1.0 , {"b":null}] , "a" : 2.5 }', { a: 2.5 }],
    ['{"__proto__":1.0}', Object.fromEntries([['__proto__', new Double(1)]])],
    ['"1.5 \\" \\\\"', '1.5 " \\'],
    ['["1.5\\\\", "2.5"]', ['1.5\\', '2.5']],
    ['{"1.0":{},"l":[]}', { '1.0': {}, l: [] }],
  ])('reads %s as Java would', (text, value) => {
    expect(readJson(text)).toEqual(value);
  });

  it.each(['1.0.0', '[1.0', '{"a":1.0', '{1.0:2}', '1.5 2', '"1.5', '01.5', '', '[1.5,]', '1.5e'])(
    'refuses %s',
    (text) => expect(() => readJson(text)).toThrow(SyntaxError),
  );

  it('refuses what no Long holds, and lists without end', () => {
    expect(() => readJson('9223372036854775808')).toThrow('beyond 64 bits');
    expect(() => readJson(`${'['.repeat(100_000)}1.0`)).toThrow(SyntaxError);
  });

  it('agrees with JSON.parse wherever that loses nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!/\d{19}/.test(text)); // whole numbers beyond 64 bits are refused
        expect(plain(readJson(text))).toEqual(plain(JSON.parse(text)));
      }),
    );
  });
});

describe('jsonText', () => {
  it.each([
    [1, '1'],
    [new Double(1), '1.0'],
    [new Int(7), '7'],
    [-0, '-0.0'],
    [1e17, '100000000000000000.0'],
    [1e300, '1e+300'],
    [new Double(Number.NaN), 'null'],
    [Number.POSITIVE_INFINITY, 'null'],
    [2n ** 62n, '4611686018427387904'],
    [undefined, 'null'],
    [['\n', { a: new Double(2) }], '["\\n",{"a":2.0}]'],
    [new Map<unknown, unknown>([[1, 'x']]), '{"1":"x"}'],
    [[new Opaque('java.math.BigDecimal', 0, new Uint8Array(), '-1.50E+400')], '[-1.50E+400]'],
  ])('writes %s as %s', (value, text) => {
    expect(jsonText(value)).toBe(text);
  });

  it('what it writes is read as the same value', () => {
    const values = [1, new Double(1), 0.1, -0, 2n ** 62n, 'a', null, true, [new Double(-3)]];
    expect(readJson(jsonText(values))).toEqual(values);
  });

  it.each([
    [new Uint8Array(1), 'a byte array'],
    [new Date(0), 'a Date'],
    [new Opaque('acme.Ratio', 0, new Uint8Array(), '1/3'), 'an object of acme.Ratio'],
    [new Opaque('acme.Order', 0, new Uint8Array()), 'an object of acme.Order'],
  ])('names what has no form there: %s', (value, name) => {
    expect(() => jsonText(value)).toThrow(`${name} has no form in JSON`);
  });
});

function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? Number(each) : each)),
  );
}
