import { describe, expect, it } from 'vitest';
import { InvalidTopologyError } from '../errors.ts';
import { basicBolt, bolt } from './component.ts';
import { field } from './fields.ts';
import { spout } from './spout.ts';
import { TopologyBuilder } from './topology-builder.ts';
import type { Tuple } from './tuple.ts';

const words = spout({
  streams: {
    default: { word: field<string>(), length: field<number>() },
    errors: { reason: field<string>() },
  },
  open: (_, collector) => ({
    nextTuple: () => {
      collector.emit({ word: 'a', length: 1 }, { messageId: 7 });
      collector.emit({ reason: 'none' }, { stream: 'errors' });
      // @ts-expect-error a field of the stream is missing
      collector.emit({ word: 'a' });
      // @ts-expect-error a field has another type
      collector.emit({ word: 'a', length: '1' });
      // @ts-expect-error there is no such field
      collector.emit({ word: 'a', length: 1, colour: 'red' });
      // @ts-expect-error there is no such stream
      collector.emit({ reason: 'none' }, { stream: 'warnings' });
      // @ts-expect-error these are another stream's fields
      collector.emit({ word: 'a', length: 1 }, { stream: 'errors' });
    },
  }),
});

const upper = basicBolt({
  streams: { default: { upper: field<string>() } },
  execute: ({ values }: Tuple<{ word: string }>, collector) => {
    collector.emit({ upper: values.word.toUpperCase() });
    // @ts-expect-error the input has no such field
    collector.emit({ upper: values.sentence });
  },
});

const sink = bolt({
  streams: {},
  prepare: (_, collector) => ({
    execute: (tuple: Tuple<{ upper: string }>) => collector.ack(tuple),
  }),
});

const start = () => new TopologyBuilder('typed').setSpout('words', words);

describe('TopologyBuilder', () => {
  it('describes components, streams and groupings as Storm has them', () => {
    const { topology, components } = start()
      .setBolt('upper', upper, { parallelism: 2, tasks: 4, config: { 'my.key': 1 } })
      .fieldsGrouping('words', ['length'])
      .setBolt('sink', sink)
      .globalGrouping('upper')
      .build();
    expect([...components.keys()]).toEqual(['words', 'upper', 'sink']);
    expect(topology.components.map(({ kind, implementation }) => [kind, implementation])).toEqual([
      ['spout', { kind: 'native' }],
      ['bolt', { kind: 'native' }],
      ['bolt', { kind: 'native' }],
    ]);
    const [source, upperSpec] = topology.components;
    expect([...(source?.streams ?? [])]).toEqual([
      ['default', { fields: ['word', 'length'], direct: false }],
      ['errors', { fields: ['reason'], direct: false }],
    ]);
    expect(upperSpec?.config.toJson()).toBe('{"my.key":1,"topology.tasks":4}');
    expect(upperSpec?.inputs).toEqual([
      { source: 'words', stream: 'default', grouping: { kind: 'fields', fields: ['length'] } },
    ]);
  });

  it('closes loops with a bolt that was set before', () => {
    const echo = basicBolt({
      streams: { default: { word: field<string>() } },
      execute: (_: Tuple<{ word: string }>) => {},
    });
    const { topology } = start()
      .setBolt('first', echo)
      .shuffleGrouping('words')
      .setBolt('second', echo)
      .shuffleGrouping('first')
      .bolt('first')
      .shuffleGrouping('second')
      .build();
    const [, first] = topology.components;
    expect(first?.inputs.map(({ source }) => source)).toEqual(['words', 'second']);
  });

  it('does not compile what cannot be', () => {
    // @ts-expect-error there is no such source
    start().setBolt('upper', upper).shuffleGrouping('nobody');
    // @ts-expect-error the source has no such stream
    start().setBolt('upper', upper).shuffleGrouping('words', 'warnings');
    // @ts-expect-error the bolt cannot take that stream's tuples
    start().setBolt('upper', upper).shuffleGrouping('words', 'errors');
    // @ts-expect-error the stream has no such field
    start().setBolt('upper', upper).fieldsGrouping('words', ['colour']);
    // @ts-expect-error the id is taken
    expect(() => start().setBolt('words', upper)).toThrow(InvalidTopologyError);
  });

  it('refuses fields that are numbers, because JavaScript would move them', () => {
    const numbered = spout({
      streams: { default: { b: field<string>(), 1: field<string>() } },
      open: () => ({ nextTuple: () => {} }),
    });
    expect(() => new TopologyBuilder('numbered').setSpout('numbered', numbered)).toThrow(
      'numbered has a field 1: a field is no number',
    );
  });
});

describe('a sequence', () => {
  it('does not compile with what its streams do not have', () => {
    const streams = { default: { n: field<number>() }, late: { why: field<string>() } };
    spout({ streams, source: () => [{ values: { n: 1 } }] });
    spout({
      streams,
      *source() {
        yield { values: { why: 'x' }, stream: 'late' };
      },
    });
    // @ts-expect-error the field is a number
    spout({ streams, source: () => [{ values: { n: 'x' } }] });
    // @ts-expect-error the field is missing
    spout({ streams, source: () => [{ values: {} }] });
    // @ts-expect-error these are the fields of another stream
    spout({ streams, source: () => [{ values: { why: 'x' } }] });
    // @ts-expect-error there is no such stream
    spout({ streams, source: () => [{ values: { why: 'x' }, stream: 'never' }] });
    // @ts-expect-error a sequence is wanted
    spout({ streams, source: () => ({ values: { n: 1 } }) });
  });
});

describe('names that JavaScript has a meaning for', () => {
  const odd = ['constructor', 'toString', 'hasOwnProperty', 'valueOf'] as const;

  it('may be ids, streams, fields and keys of the configuration', () => {
    for (const name of odd) {
      const source = spout({
        streams: { [name]: { [name]: field<string>() } },
        config: { [name]: 1 },
        source: () => [],
      });
      const { topology } = new TopologyBuilder('odd', { [name]: 2 }).setSpout(name, source).build();
      const [component] = topology.components;
      expect([...(component?.streams ?? [])]).toEqual([[name, { fields: [name], direct: false }]]);
      expect([component?.config.get(name), topology.config.get(name)]).toEqual([1, 2]);
    }
  });

  it('are refused when they would be lost', () => {
    const fields = { word: field<string>() };
    const set = (streams: object, config: object = {}) =>
      new TopologyBuilder('lost').setSpout(
        'spout',
        spout({ streams: streams as { default: typeof fields }, source: () => [] }),
        { config: config as Record<string, unknown> },
      );
    const lost = 'a plain object is wanted, and __proto__ is no name in it';
    expect(() => set({ __proto__: fields })).toThrow(`the streams of spout: ${lost}`);
    expect(() => set({ default: { __proto__: fields } })).toThrow(`a stream of spout: ${lost}`);
    expect(() => set({ default: fields }, { __proto__: fields })).toThrow(`the config of spout`);
  });
});

describe('programs without types', () => {
  const untyped = (component: unknown, options: object = {}) =>
    new TopologyBuilder('untyped').setBolt('it', component as typeof sink, options);

  it.each([
    [{}, {}, 'it is neither what spout() nor what bolt() returns'],
    [undefined, {}, 'it is neither what spout() nor what bolt() returns'],
    [{ kind: 'bolt', definition: { streams: {} } }, {}, 'the bolt it has no function prepare'],
    [sink, { parallelism: 0 }, 'parallelism of it must be a whole number above 0, not 0'],
    [sink, { parallelism: 1.5 }, 'parallelism of it must be a whole number above 0, not 1.5'],
    [sink, { tasks: -1 }, 'tasks of it must be a whole number above 0, not -1'],
    [bolt({ ...sink.definition, concurrency: Number.NaN }), {}, 'concurrency of it must be'],
    [
      bolt({ ...sink.definition, tickSecs: 0 }),
      {},
      'tickSecs of it must be seconds above 0, not 0',
    ],
  ])('hear in a sentence what is wrong: %#', (component, options, message) => {
    expect(() => untyped(component, options)).toThrow(message);
  });
});
