// gearstorm local examples/cyclic.ts --ttl 5
// Each number goes round the loop until it is 1 (Collatz); its spout tuple is acked after the last round.
import { basicBolt, field, spout, TopologyBuilder, type Tuple } from 'gearstorm';

const numbers = spout({
  streams: { default: { start: field<number>(), n: field<number>(), steps: field<number>() } },
  replay: true,
  source: function* () {
    for (let start = 1; start <= 100; start++) yield { values: { start, n: start, steps: 0 } };
  },
});

type Round = { start: number; n: number; steps: number };

const collatz = basicBolt({
  streams: {
    again: { start: field<number>(), n: field<number>(), steps: field<number>() },
    default: { start: field<number>(), steps: field<number>() },
  },
  execute: ({ values: { start, n, steps } }: Tuple<Round>, collector) => {
    if (n === 1) collector.emit({ start, steps });
    else {
      const next = n % 2 === 0 ? n / 2 : 3 * n + 1;
      collector.emit({ start, n: next, steps: steps + 1 }, { stream: 'again' });
    }
  },
});

export default new TopologyBuilder('cyclic')
  .setSpout('numbers', numbers)
  .setBolt('collatz', collatz, { parallelism: 2 })
  .shuffleGrouping('numbers')
  .shuffleGrouping('collatz', 'again')
  .build();
