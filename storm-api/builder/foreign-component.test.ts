import { describe, expect, it } from 'vitest';
import { Double, Int } from '../values/index.ts';
import { basicBolt } from './component.ts';
import { field } from './fields.ts';
import { javaBolt, javaSpout, shellBolt } from './foreign-component.ts';
import { TopologyBuilder } from './topology-builder.ts';

const word = { word: field<string>() };
const words = javaSpout({
  jar: 'words.jar',
  class: 'acme.Words',
  args: [1, 2n, 2 ** 40, 0.5, new Double(3), new Int(4), 'x', true, new Uint8Array([5])],
  streams: { default: word },
});
const split = shellBolt(['python3', 'split.py'], { streams: { default: word }, resources: 'py' });
const count = javaBolt({ jar: 'words.jar', class: 'acme.Count', takes: word });

describe('components in other languages', () => {
  it('are classes with arguments, or commands, and bring their files', () => {
    const { topology, components, files } = new TopologyBuilder('foreign')
      .setSpout('words', words)
      .setBolt('split', split)
      .shuffleGrouping('words')
      .setBolt('count', count, { config: { 'my.key': 1 } })
      .fieldsGrouping('split', ['word'])
      .build();
    expect(topology.components.map(({ implementation }) => implementation)).toEqual([
      {
        kind: 'java-object',
        className: 'acme.Words',
        args: [
          { kind: 'int', value: 1 },
          { kind: 'long', value: 2n },
          { kind: 'long', value: 2n ** 40n },
          { kind: 'double', value: 0.5 },
          { kind: 'double', value: 3 },
          { kind: 'int', value: 4 },
          { kind: 'string', value: 'x' },
          { kind: 'bool', value: true },
          { kind: 'binary', value: new Uint8Array([5]) },
        ],
      },
      { kind: 'shell', command: 'python3', script: 'split.py' },
      { kind: 'java-object', className: 'acme.Count', args: [] },
    ]);
    expect(components.size).toBe(0);
    expect(files).toEqual({ jars: ['words.jar'], resources: ['py'] });
  });

  it('name their metrics in their configuration', () => {
    const errors = { kind: 'count', periodSecs: 60 } as const;
    const { topology } = new TopologyBuilder('measured')
      .setSpout('words', words)
      .setBolt('split', shellBolt(['split'], { config: { own: 1 }, metrics: { errors } }))
      .shuffleGrouping('words')
      .build();
    const { config } = topology.components.find(({ id }) => id === 'split') ?? {};
    expect(JSON.parse(config?.toJson() ?? '')).toEqual({
      own: 1,
      'gearstorm.multilang.metrics': { errors },
    });
  });

  it.each([
    [{ lag: { kind: 'median', periodSecs: 1 } }, /metric lag .* none of count, mean, assignable/],
    [{ lag: { kind: 'mean', periodSecs: 0.5 } }, /metric lag .* no period of whole seconds/],
    [[], /no map of metrics/],
  ])('have no metrics like %j', (metrics, words) => {
    expect(() => shellBolt(['split'], { metrics: metrics as never })).toThrow(words);
  });

  it('are held to what they take and declare', () => {
    const start = () => new TopologyBuilder('typed').setSpout('words', words);
    const lengths = javaBolt({ class: 'acme.Lengths', takes: { length: field<number>() } });
    // @ts-expect-error the bolt reads another field
    start().setBolt('lengths', lengths).shuffleGrouping('words');
    // @ts-expect-error the spout declares no such stream
    start().setBolt('count', count).shuffleGrouping('words', 'errors');
  });

  it('cannot call a function of this program to choose tasks', () => {
    const sink = basicBolt({ streams: {}, execute: () => {} });
    const builder = new TopologyBuilder('custom')
      .setSpout('words', words)
      .setBolt('sink', sink)
      .customGrouping('words', (_, tasks) => () => tasks);
    expect(() => builder.build()).toThrow(
      'sink groups words by a function of this program, but words runs in another one',
    );
  });

  it('of a shell are a program and one argument', () => {
    expect(() => shellBolt(['node', 'a.js', 'b'])).toThrow('a program with one argument at most');
    expect(() => shellBolt([])).toThrow('a program with one argument at most');
    expect(() => shellBolt([''])).toThrow('["",""] is no command');
    expect(() => shellBolt(['node', 'a\0.js'])).toThrow('is no command');
  });
});
