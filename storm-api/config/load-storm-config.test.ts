import { describe, expect, it } from 'vitest';
import { ConfigError } from './errors.ts';
import { loadStormConfig } from './load-storm-config.ts';
import { parseYaml } from './parse-yaml.ts';

function json(yaml: string): string {
  return parseYaml(yaml, 'storm.yaml').toJson();
}

it('lays storm.yaml over the defaults and -c over both, whole values at a time', () => {
  const config = loadStormConfig({
    defaultsYaml: 'a: 1\nports: [1, 2, 3]\nmap: {x: 1, y: 2}\nkept: yes\nnulled: 5\n',
    stormYaml: { text: 'ports: [9]\nmap: {z: 1}\nnulled: null\na: 2\n', path: 'storm.yaml' },
    overrides: ['a=3', 'b=x', 'a=4'],
  });
  expect(config.toJson()).toBe(
    '{"a":4,"ports":[9],"map":{"z":1},"kept":true,"nulled":null,"b":"x"}',
  );
});

it.each([
  ['k=1', '1'],
  ['k=1.0', '1.0'],
  ['k=9007199254740993', '9007199254740993'],
  ['k=true', 'true'],
  ['k=null', 'null'],
  ['k=[1,"a"]', '[1,"a"]'],
  ['k={"a":{"b":1.0}}', '{"a":{"b":1.0}}'],
  ['k="quoted"', '"quoted"'],
  ['k=plain', '"plain"'],
  ['k=', '""'],
  ['k=a=b', '"a=b"'],
  ['k=1,"other":2', '"1,\\"other\\":2"'],
  ['k=01', '"01"'],
  [' k = x', '" x"'],
])('-c %s sets the value %s', (override, text) => {
  const config = loadStormConfig({ defaultsYaml: '', stormYaml: null, overrides: [override] });
  expect([...config.keys()]).toEqual(['k']);
  expect(config.text('k')).toBe(text);
});

it.each(['novalue', '=1', ' =1', ''])('-c %j is refused', (override) => {
  const load = () => loadStormConfig({ defaultsYaml: '', stormYaml: null, overrides: [override] });
  expect(load).toThrow(ConfigError);
  expect(load).toThrow('expected key=value');
});

describe('YAML is read as Storm reads it', () => {
  it.each([
    [
      'integers',
      'a: 1\nb: -7\nc: 9007199254740993\nd: 010\ne: 0x10\nf: 1_000',
      '{"a":1,"b":-7,"c":9007199254740993,"d":8,"e":16,"f":1000}',
    ],
    ['decimals', 'a: 1.0\nb: 0.05\nc: -2.50\nd: 1.0e+3', '{"a":1.0,"b":0.05,"c":-2.5,"d":1000.0}'],
    [
      'words for true and false',
      'a: yes\nb: Off\nc: true\nd: NO',
      '{"a":true,"b":false,"c":true,"d":false}',
    ],
    ['single letters as text', 'a: y\nn: N', '{"a":"y","n":"N"}'],
    ['quoted words as text', 'a: "yes"\nb: \'1\'\nc: !!str 5', '{"a":"yes","b":"1","c":"5"}'],
    ['nothing as null', 'a:\nb: ~\nc: null', '{"a":null,"b":null,"c":null}'],
    ['dates as text', 'a: 2001-01-01', '{"a":"2001-01-01"}'],
    ['lists and maps', 'a:\n  - 1.0\n  - {b: 2}\n', '{"a":[1.0,{"b":2}]}'],
    ['the last of repeated keys', 'a: 1\na: 2', '{"a":2}'],
    [
      'aliases and merges',
      'a: &x {p: 1.0}\nb: *x\nc: {<<: *x, q: 2}',
      '{"a":{"p":1.0},"b":{"p":1.0},"c":{"p":1.0,"q":2}}',
    ],
    [
      'keys that are special to JavaScript',
      '__proto__: {x: 1}\nconstructor: 2',
      '{"__proto__":{"x":1},"constructor":2}',
    ],
    ['no document at all', '# only a comment\n', '{}'],
  ])('%s', (_, yaml, text) => {
    expect(json(yaml)).toBe(text);
  });
});

describe('YAML that is refused', () => {
  it.each([
    [
      'a tag that makes objects',
      'a: 1\nb: !!javax.script.ScriptEngineManager []',
      /storm\.yaml: the tag .*javax.* at line 2 is not allowed/,
    ],
    ['a tag of its own', 'a: !env SECRET', /the tag !env at line 1/],
    ['binary', 'a: !!binary aGk=', /tag:yaml.org,2002:binary at line 1/],
    ['sets', 'a: !!set {x}', /2002:set at line 1/],
    ['an infinite number', 'a: .inf', /\.inf at line 1 is not a finite number/],
    ['a broken map', 'a: 1\nb: c: d\n', /storm\.yaml: .* at line 2, column \d+$/],
    ['two documents', 'a: 1\n---\nb: 2\n', /storm\.yaml: .*multiple documents/],
    ['a list', '- 1\n', /a configuration is a map of keys/],
    ['plain text', 'hello', /a configuration is a map of keys/],
    ['an unknown alias', 'a: *nowhere', /nowhere/],
  ])('%s', (_, yaml, sentence) => {
    expect(() => json(yaml)).toThrow(ConfigError);
    expect(() => json(yaml)).toThrow(sentence);
  });

  it('a few bytes that would grow to gigabytes', () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const below = level === 0 ? '"x"' : `*a${level - 1}`;
      return `a${level}: &a${level} [${Array(10).fill(below).join(', ')}]`;
    });
    expect(() => json(levels.join('\n'))).toThrow(ConfigError);
  });

  it('nesting that would exhaust the stack', () => {
    expect(() => json(`a: ${'['.repeat(10_000)}`)).toThrow('nested too deeply');
  });
});
