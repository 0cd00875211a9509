// Reads a Kafka topic to its end and does nothing with it: FILE BROKERS TOPIC GROUP.
import { appendFileSync } from 'node:fs';
import { bolt, TopologyBuilder, type Tuple } from 'gearstorm';
import { bytes, kafkaSpout } from 'gearstorm/kafka';

const rowsEveryMs = 100;

const end = (file: string) =>
  bolt({
    streams: {},
    prepare: (_, collector) => {
      let count = 0;
      const timer = setInterval(() => {
        appendFileSync(file, `${Date.now()}\t${process.pid}\t${count}\n`);
      }, rowsEveryMs);
      return {
        execute: (tuple: Tuple<{ readonly value: Uint8Array | null }>) => {
          count += 1;
          collector.ack(tuple);
        },
        cleanup: () => clearInterval(timer),
      };
    },
  });

export default (file = '/dev/null', brokers = '', topic = '', group = '') =>
  new TopologyBuilder('kafka', {
    'topology.workers': 1,
    'topology.max.spout.pending': 1000,
  })
    .setSpout('messages', kafkaSpout({ brokers, topics: topic, group, key: bytes, value: bytes }))
    .setBolt('end', end(file))
    .shuffleGrouping('messages')
    .build();
