// gearstorm submit conformance-tests/native/mixed-values.ts -- ROWS JAR RESOURCES
// Values that cross between Java and TypeScript in both directions; numbers of Java that TypeScript does
// not have go on to the raw.py of a folder.
import { appendFileSync } from 'node:fs';
import { inspect } from 'node:util';
import {
  bolt,
  Double,
  field,
  Int,
  javaBolt,
  javaSpout,
  type MetricsConsumer,
  Opaque,
  shellBolt,
  spout,
  TopologyBuilder,
  type Tuple,
} from 'gearstorm';

interface Numbered {
  readonly number: number;
  readonly value: unknown;
}

const numbered = { number: field<number>(), value: field<unknown>() };

const samples: readonly unknown[] = [
  'storm',
  'half \ud83d',
  7,
  -1,
  2 ** 40,
  2n ** 62n,
  1.5,
  new Double(1),
  -0,
  Number.NaN,
  new Int(-3),
  true,
  null,
  new Uint8Array([1, 254]),
  new Date(5),
  [1, 'x', [null, new Double(2)]],
  new Map<unknown, unknown>([['k', 1]]),
  { k: { deep: [2] } },
];

/** Emits each value once. */
const source = (path: string) =>
  spout({
    streams: { default: numbered },
    open: (_, collector) => {
      let next = 0;
      return {
        nextTuple: () => {
          if (next === samples.length) return;
          collector.emit({ number: next, value: samples[next] }, { messageId: next });
          next += 1;
        },
        ack: (id) => appendFileSync(path, `own acked\t${id}\t.\n`),
        fail: (id) => appendFileSync(path, `own failed\t${id}\t.\n`),
      };
    },
  });

/** Emits what it gets, as it came. */
const pass = bolt({
  streams: { default: numbered, digits: numbered },
  prepare: (context, collector) => {
    const passed = context.metrics.counters('passed', 1);
    return {
      execute: (tuple: Tuple<Numbered>) => {
        passed.add('values');
        const [, value] = tuple.exact;
        const numbered = { number: tuple.values.number, value };
        collector.emit(numbered, { anchors: tuple });
        if (value instanceof Opaque && value.digits !== null) {
          collector.emit(numbered, { stream: 'digits', anchors: tuple });
        }
        collector.ack(tuple);
      },
    };
  },
});

/** Writes down the metrics that it gets. */
const metricRows = (path: string): MetricsConsumer => ({
  prepare: () => ({
    handleDataPoints: ({ componentId }, points) => {
      for (const { name } of points) appendFileSync(path, `metric\t${componentId}\t${name}\t.\n`);
    },
  }),
});

const nativeSink = (path: string, what = 'own') =>
  bolt({
    streams: {},
    prepare: (_, collector) => ({
      execute: (tuple: Tuple<Numbered>) => {
        const shown = inspect(tuple.exact[1], {
          depth: null,
          breakLength: Number.POSITIVE_INFINITY,
        });
        appendFileSync(path, `${what}\t${tuple.values.number}\t${shown}\t.\n`);
        collector.ack(tuple);
      },
    }),
  });

export default (path = '', jar = '', resources = '') => {
  const java = (name: string) => ({ jar, class: `acme.mixed.${name}` });
  const echo = javaBolt({ ...java('EchoBolt'), takes: numbered, streams: { default: numbered } });
  const raw = shellBolt(['python3', 'raw.py'], {
    takes: numbered,
    streams: { default: numbered },
    metrics: { read: { kind: 'count', periodSecs: 1 } },
    resources,
  });
  return new TopologyBuilder('values', {
    'mixed.rows': path,
    'ledger.path': `${path}.metrics`,
    'topology.builtin.metrics.bucket.size.secs': 1,
    'topology.metrics.consumer.register': [{ class: 'acme.watched.RecordingConsumer' }],
  })
    .metricsConsumer('test', metricRows(path))
    .setSpout('samples', javaSpout({ ...java('SampleSpout'), streams: { default: numbered } }))
    .setBolt('pass', pass, { parallelism: 2 })
    .shuffleGrouping('samples')
    .setBolt('sink', javaBolt({ ...java('SampleSink'), takes: numbered }), { parallelism: 5 })
    .fieldsGrouping('samples', ['value'])
    .fieldsGrouping('pass', ['value'])
    .setSpout('own', source(path))
    .setBolt('echo', echo)
    .shuffleGrouping('own')
    .setBolt('own-sink', nativeSink(path))
    .shuffleGrouping('echo')
    .setBolt('raw', raw)
    .shuffleGrouping('pass', 'digits')
    .setBolt('raw-sink', nativeSink(path, 'raw'))
    .shuffleGrouping('raw')
    .build();
};
