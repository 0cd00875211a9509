import { describe, expect, it } from 'vitest';
import { InvalidTopologyError, StormConf, stormId } from '../storm-api/index.ts';
import { bolt, spout, topologyOf, translateSample } from './topology.fixture.ts';
import { translate } from './translate.ts';
import { validateTopologyName } from './validate.ts';

const shuffle = { kind: 'shuffle' } as const;
const s = spout('s');

describe('names', () => {
  it.each(['word-count', 'a b', 'größe', '__proto__', 'a;rm -rf', '$HOME'])(
    '%j is allowed',
    (name) => {
      expect(() => validateTopologyName(name)).not.toThrow();
    },
  );

  it.each([
    '',
    '  ',
    '\t',
    '../x',
    'a/b',
    'a.b',
    'a:b',
    'a\\b',
    'a\nb',
    'a\0b',
    'x'.repeat(201),
    'ü'.repeat(101),
    '\ud800',
  ])('%j is refused', (name) => {
    expect(() => validateTopologyName(name)).toThrow(InvalidTopologyError);
  });

  // clause: validation
  it('are checked at translation', () => {
    const request = { stormId: stormId('x'), config: StormConf.empty, slots: [1] };
    expect(() => translate({ ...request, topology: { ...topologyOf([s]), name: 'a/b' } })).toThrow(
      'Topology name cannot contain any of the following: / . : \\',
    );
  });
});

it.each([
  ['the same id twice', [s, bolt('s')], 'Duplicate component ids: [s]'],
  ['a system component id', [spout('__mine')], '__mine is not a valid component id'],
  ['__proto__ as component', [spout('__proto__')], '__proto__ is not a valid component id'],
  ['a system stream id', [spout('s', { streams: { __x: ['a'] } })], '__x is not a valid stream id'],
  [
    'a spout with inputs',
    [s, spout('t', { inputs: { s: shuffle } })],
    'May not declare inputs for a spout: [t]',
  ],
  ['a state spout', [{ ...s, kind: 'state-spout' as const }], 'state spout'],
  [
    'an unknown source',
    [s, bolt('b', { inputs: { ghost: shuffle } })],
    'Component: [b] subscribes from non-existent component [ghost]',
  ],
  [
    'a source named like a member of every object',
    [s, bolt('b', { inputs: { constructor: shuffle } })],
    'Component: [b] subscribes from non-existent component [constructor]',
  ],
  [
    'an unknown stream',
    [s, bolt('b', { inputs: { 's/late': shuffle } })],
    'Component: [b] subscribes from non-existent stream: [late] of component [s]',
  ],
  [
    'fields grouping on absent fields',
    [s, bolt('b', { inputs: { s: { kind: 'fields', fields: ['word', 'x', 'y'] } } })],
    'Component: [b] subscribes from stream: [default] of component [s] with non-existent fields: [x, y]',
  ],
  [
    'no executors for tasks',
    [spout('s', { hint: 0, config: '{"topology.tasks":2}' })],
    'Number of executors must be greater than 0 when number of tasks is greater than 0: [s] has 0 executors and 2 tasks',
  ],
  [
    'half a task',
    [spout('s', { config: '{"topology.tasks":1.5}' })],
    'topology.tasks must be a whole number, not 1.5',
  ],
  [
    'tasks as text',
    [spout('s', { config: '{"topology.tasks":"2"}' })],
    'topology.tasks must be a whole number, not "2"',
  ],
  ['more tasks than fit', [spout('s', { hint: 2_000_000_000 })], '100000 are allowed'],
])('%s is refused with a sentence', (_, components, sentence) => {
  const attempt = () => translateSample(topologyOf(components));
  expect(attempt).toThrow(InvalidTopologyError);
  expect(attempt).toThrow(sentence);
});

it.each([
  ['{"topology.workers":0}', 'topology.workers must be at least 1, not 0'],
  ['{"topology.workers":"many"}', 'topology.workers must be a whole number, not "many"'],
  ['{"topology.kryo.register":"a.B"}', 'topology.kryo.register must be a list, not "a.B"'],
  ['{"topology.classpath":12}', 'topology.classpath must be a string or a list of strings, not 12'],
  ['{"topology.classpath":["a",{}]}', 'or a list of strings, not ["a",{}]'],
  ['{"topology.auto.task.hooks":"a.B"}', 'topology.auto.task.hooks must be a list of strings'],
  ['{"topology.kryo.register":[7]}', 'topology.kryo.register holds 7'],
  ['{"topology.metrics.consumer.register":[{}]}', 'wants maps with a "class"'],
])('the configuration %s is refused with a sentence', (config, sentence) => {
  const attempt = () => translateSample(topologyOf([s], config));
  expect(attempt).toThrow(InvalidTopologyError);
  expect(attempt).toThrow(sentence);
});

it('what Storm accepts though it does nothing is accepted', () => {
  expect(translateSample(topologyOf([])).plan.executors).toEqual([]);
  expect(translateSample(topologyOf([bolt('alone')])).plan.executors).toHaveLength(1);
  expect(translateSample(topologyOf([spout('s', { hint: 0 })])).plan.executors).toEqual([]);
  expect(translateSample(topologyOf([spout('s', { hint: -1 })])).plan.executors).toEqual([]);
  expect(() =>
    translateSample(topologyOf([s, bolt('b', { inputs: { '__system/__tick': shuffle } })])),
  ).not.toThrow();
});

describe('what bounds the memory of workers', () => {
  it.each([
    ['{"gearstorm.overflow.bytes.max":"much"}', '{}'],
    ['{"gearstorm.mailbox.tuples":0}', '{}'],
    ['{}', '{"gearstorm.mailbox.bytes":-1}'],
  ])('is refused when it cannot be: topology %s, component %s', (topology, component) => {
    const parts = [spout('s', { config: component })];
    expect(() => translateSample(topologyOf(parts, topology))).toThrow(InvalidTopologyError);
    expect(() => translateSample(topologyOf(parts, topology))).toThrow(/gearstorm\./);
  });

  it('may be set for one component', () => {
    const parts = [spout('s', { config: '{"gearstorm.mailbox.bytes":1048576}' })];
    expect(() => translateSample(topologyOf(parts))).not.toThrow();
  });
});
