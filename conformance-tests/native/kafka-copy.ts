// gearstorm submit conformance-tests/native/kafka-copy.ts --name NAME BROKERS FROM TO [OPTION=N]...
// Copies one topic to another. early=1: acks before anything is written, which loses messages;
// exactly-once=1: what is written and how far was read become true together.
import { basicBolt, bolt, field, TopologyBuilder, type Tuple } from 'gearstorm';
import { kafkaBolt, kafkaSpout, type SourcePosition } from 'gearstorm/kafka';

interface Message {
  readonly topic: string;
  readonly partition: number;
  readonly value: string | null;
  readonly position: SourcePosition;
}

const streams = {
  default: {
    topic: field<string>(),
    partition: field<number>(),
    value: field<string | null>(),
    position: field<SourcePosition>(),
  },
};

const pick = ({ topic, partition, value, position }: Message): Message => {
  return { topic, partition, value, position };
};

const carry = basicBolt({
  streams,
  execute: ({ values }: Tuple<Message>, collector) => {
    collector.emit(pick(values));
  },
});

const hurry = bolt({
  streams,
  prepare: (_, collector) => ({
    execute: (tuple: Tuple<Message>) => {
      collector.emit(pick(tuple.values));
      collector.ack(tuple);
    },
  }),
});

export default (brokers = '', from = '', to = '', ...words: readonly string[]) => {
  const options = new Map(words.map((word) => word.split('=') as [string, string]));
  const option = (name: string, fallback: number) => Number(options.get(name) ?? fallback);
  const once = option('exactly-once', 0) === 1;
  const messages = kafkaSpout({
    ...{ brokers, topics: from, group: `copy-${to}`, commitMs: 200 },
    ...{ inFlightMax: option('in-flight', 500), refreshSecs: 2 },
    uncommittedMax: option('uncommitted', 100_000),
    ...(options.has('since') ? { start: { timestampMs: option('since', 0) } } : {}),
    commitBy: once ? 'sink' : 'spout',
  });
  const out = kafkaBolt<Message>({
    ...{ brokers, topic: to, lingerMs: option('linger', 5) },
    record: ({ values: { value } }) => ({ key: value, value }),
    ...(once ? { exactlyOnce: ({ values: { position } }) => position } : {}),
  });
  return new TopologyBuilder('kafka-copy', {
    'topology.workers': option('workers', 2),
    'topology.max.spout.pending': option('pending', 1000),
    'topology.message.timeout.secs': option('timeout', 3),
  })
    .setSpout('messages', messages, { parallelism: 2 })
    .setBolt('carry', option('early', 0) === 1 ? hurry : carry, { parallelism: 2 })
    .shuffleGrouping('messages')
    .setBolt('out', out, { parallelism: 2 })
    .fieldsGrouping('carry', ['topic', 'partition'])
    .build();
};
