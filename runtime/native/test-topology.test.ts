import { describe, expect, it } from 'vitest';
import {
  basicBolt,
  bolt,
  field,
  spout,
  type Tuple,
  TopologyBuilder,
} from '../../storm-api/builder/index.ts';
import { testTopology } from './test-topology.ts';

const sentences = spout({
  streams: { default: { sentence: field<string>() } },
  open: () => ({ nextTuple: () => {} }),
});

const split = basicBolt({
  streams: { default: { word: field<string>() } },
  execute: ({ values }: Tuple<{ sentence: string }>, collector) => {
    for (const word of values.sentence.split(' ')) collector.emit({ word });
  },
});

const count = bolt({
  streams: { default: { word: field<string>(), count: field<number>() } },
  prepare: (_, collector) => {
    const counts = new Map<string, number>();
    return {
      execute: (tuple: Tuple<{ word: string }>) => {
        const { word } = tuple.values;
        const next = (counts.get(word) ?? 0) + 1;
        counts.set(word, next);
        collector.emit({ word, count: next }, { anchors: tuple });
        collector.ack(tuple);
      },
    };
  },
});

function wordCount() {
  return new TopologyBuilder('word-count')
    .setSpout('sentences', sentences)
    .setBolt('split', split, { parallelism: 3 })
    .shuffleGrouping('sentences')
    .setBolt('count', count, { parallelism: 4 })
    .fieldsGrouping('split', ['word'])
    .build();
}

describe('testTopology', () => {
  it('counts words, acks every sentence once, and keeps a word on one task', async () => {
    const lines = Array.from({ length: 200 }, (_, index) => ({ sentence: `a b${index % 7} c` }));
    const result = await testTopology(wordCount(), { sentences: lines });
    const counted = result.tuples('count');
    expect(counted).toHaveLength(600);
    expect(result.acked('sentences')).toHaveLength(200);
    expect(new Set(result.acked('sentences')).size).toBe(200);
    expect(result.failed('sentences')).toEqual([]);
    const tasks = new Set(counted.filter(({ values }) => values['word'] === 'a').map((t) => t.task));
    expect(tasks.size).toBe(1);
    expect(counted.filter(({ values }) => values['word'] === 'a').at(-1)?.values['count']).toBe(200);
  });
});
