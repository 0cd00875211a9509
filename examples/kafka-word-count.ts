// gearstorm local examples/kafka-word-count.ts localhost:9092 lines counts
// Counts the words of one topic into another. `npm run demo:kafka` brings a broker and lines for it.
import { basicBolt, bolt, field, TopologyBuilder, type Tuple } from 'gearstorm';
import { kafkaBolt, kafkaSpout } from 'gearstorm/kafka';

const lines = (brokers: string, topic: string) =>
  kafkaSpout({
    ...{ brokers, topics: topic, group: 'kafka-word-count' },
    streams: { default: { line: field<string>() } },
    map: ({ value }) => ({ values: { line: value ?? '' } }),
  });

const split = basicBolt({
  streams: { default: { word: field<string>() } },
  execute: ({ values }: Tuple<{ line: string }>, collector) => {
    for (const word of values.line.split(/\s+/)) if (word !== '') collector.emit({ word });
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

export default (brokers = 'localhost:9092', from = 'lines', to = 'counts') =>
  new TopologyBuilder('kafka-word-count', { 'topology.max.spout.pending': 1000 })
    .setSpout('lines', lines(brokers, from))
    .setBolt('split', split, { parallelism: 2 })
    .shuffleGrouping('lines')
    .setBolt('count', count, { parallelism: 2 })
    .fieldsGrouping('split', ['word'])
    .setBolt(
      'counts',
      kafkaBolt<{ word: string; count: number }>({
        brokers,
        topic: to,
        record: ({ values: { word, count } }) => ({ key: word, value: String(count) }),
      }),
    )
    .shuffleGrouping('count')
    .build();
