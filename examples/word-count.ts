// gearstorm local examples/word-count.ts
import { basicBolt, bolt, field, spout, TopologyBuilder, type Tuple } from 'gearstorm';

const lines = [
  'the cow jumped over the moon',
  'an apple a day keeps the doctor away',
  'four score and seven years ago',
];

const sentences = spout({
  streams: { default: { sentence: field<string>() } },
  open: (_, collector) => {
    let next = 0;
    const pending = new Map<number, string>();
    return {
      nextTuple: () => {
        const sentence = lines[next % lines.length] ?? '';
        pending.set(next, sentence);
        collector.emit({ sentence }, { messageId: next });
        next += 1;
      },
      ack: (id) => void pending.delete(id as number),
      // At least once: what failed is emitted again.
      fail: (id) =>
        void collector.emit({ sentence: pending.get(id as number) ?? '' }, { messageId: id }),
    };
  },
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
        const count = (counts.get(word) ?? 0) + 1;
        counts.set(word, count);
        collector.emit({ word, count }, { anchors: tuple });
        collector.ack(tuple);
      },
    };
  },
});

export default new TopologyBuilder('word-count', { 'topology.max.spout.pending': 1000 })
  .setSpout('sentences', sentences)
  .setBolt('split', split, { parallelism: 2 })
  .shuffleGrouping('sentences')
  .setBolt('count', count, { parallelism: 2 })
  .fieldsGrouping('split', ['word'])
  .build();
