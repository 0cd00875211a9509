// gearstorm local examples/hooks-and-metrics.ts
import {
  basicBolt,
  bolt,
  field,
  spout,
  type TaskHook,
  TopologyBuilder,
  type Tuple,
} from 'gearstorm';

const words = spout({
  streams: { default: { word: field<string>() } },
  source: function* () {
    const all = ['storm', 'gear', 'tuple', ''];
    for (let n = 0; ; n++) yield { values: { word: all[n % all.length] ?? '' }, messageId: n };
  },
});

const measure = bolt({
  streams: { default: { length: field<number>() } },
  prepare: ({ metrics }, collector) => {
    const lengths = metrics.histogram('lengths', 1);
    const empty = metrics.counter('empty', 1);
    return {
      execute: (tuple: Tuple<{ word: string }>) => {
        const { length } = tuple.values.word;
        lengths.record(length);
        if (length === 0) empty.add();
        collector.emit({ length }, { anchors: tuple });
        collector.ack(tuple);
      },
    };
  },
});

const keep = basicBolt({ streams: {}, execute: (_: Tuple<{ length: number }>) => {} });

/** One for each task of the topology. */
function slowestTree(): TaskHook {
  let slowestMs = 0;
  return {
    spoutAck: ({ completeLatencyMs }) => {
      slowestMs = Math.max(slowestMs, completeLatencyMs ?? 0);
    },
    cleanup: () => {
      if (slowestMs > 0) process.stdout.write(`slowest tree: ${slowestMs.toFixed(1)} ms\n`);
    },
  };
}

export default new TopologyBuilder('hooks-and-metrics', { 'topology.max.spout.pending': 100 })
  .setSpout('words', words)
  .setBolt('measure', measure)
  .shuffleGrouping('words')
  .setBolt('keep', keep)
  .shuffleGrouping('measure')
  .hook(slowestTree)
  .metricsConsumer('shown', {
    prepare: () => ({
      handleDataPoints: ({ componentId, taskId }, points) => {
        for (const { name, value } of points) {
          process.stdout.write(`${componentId} ${taskId} ${name} ${JSON.stringify(value)}\n`);
        }
      },
    }),
  })
  .build();
