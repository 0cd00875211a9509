// gearstorm local examples/rolling-count.ts
import { bolt, field, spout, TopologyBuilder, type Tuple } from 'gearstorm';

const words = spout({
  streams: { default: { word: field<string>() } },
  source: function* () {
    const all = ['storm', 'gear', 'tuple'];
    for (let n = 0; ; n++) yield { values: { word: all[(n * n) % all.length] ?? '' } };
  },
});

const slots = 5;

/** Counts of the last five seconds, told every second. */
const rollingCount = bolt({
  streams: { default: { word: field<string>(), count: field<number>() } },
  tickSecs: 1,
  prepare: (_, collector) => {
    const seconds: Map<string, number>[] = [new Map()];
    return {
      execute: (tuple: Tuple<{ word: string }>) => {
        const { word } = tuple.values;
        const now = seconds[0] ?? new Map<string, number>();
        now.set(word, (now.get(word) ?? 0) + 1);
        collector.ack(tuple);
      },
      tick: () => {
        const totals = new Map<string, number>();
        for (const second of seconds) {
          for (const [word, count] of second) totals.set(word, (totals.get(word) ?? 0) + count);
        }
        for (const [word, count] of totals) collector.emit({ word, count });
        seconds.unshift(new Map());
        seconds.length = Math.min(seconds.length, slots);
      },
    };
  },
});

export default new TopologyBuilder('rolling-count')
  .setSpout('words', words, { config: { 'topology.max.spout.pending': 1000 } })
  .setBolt('rolling-count', rollingCount, { parallelism: 2 })
  .fieldsGrouping('words', ['word'])
  .build();
