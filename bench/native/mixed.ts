// The chain of acme.bench.Sol with its middle in TypeScript: FILE JAR EXECUTORS.
import { bolt, field, javaBolt, javaSpout, TopologyBuilder, type Tuple } from 'gearstorm';

const message = { message: field<string>() };

const pass = bolt({
  streams: { default: message },
  prepare: (_, collector) => ({
    execute: (tuple: Tuple<{ readonly message: string }>) => {
      collector.emit({ message: tuple.values.message }, { anchors: tuple });
      collector.ack(tuple);
    },
  }),
});

export default (file = '/dev/null', jar = '', executors = '2') => {
  const parallelism = Number(executors);
  const spout = javaSpout({ jar, class: 'acme.bench.BusySpout', streams: { default: message } });
  const end = javaBolt({ jar, class: 'acme.bench.EndBolt', args: [false], takes: message });
  return new TopologyBuilder('mixed', {
    'bench.rates': file,
    'topology.workers': 1,
    'topology.acker.executors': 1,
    'topology.max.spout.pending': 1000,
    'topology.worker.childopts': '-Xmx1536m -XX:+UseParallelGC -XX:+UseCondCardMark',
  })
    .setSpout('spout', spout, { parallelism })
    .setBolt('pass', pass, { parallelism })
    .shuffleGrouping('spout')
    .setBolt('end', end, { parallelism })
    .shuffleGrouping('pass')
    .build();
};
