// gearstorm local examples/replay.ts --ttl 5
// Every fifth attempt fails: of the reliable numbers all arrive in the end, of the others some are lost.
import { basicBolt, field, spout, TopologyBuilder, type Tuple } from 'gearstorm';

const count = 1000;

const numbers = (replay: boolean) =>
  spout({
    streams: { default: { n: field<number>() } },
    replay,
    source: function* () {
      for (let n = 0; n < count; n++) yield { values: { n } };
    },
  });

let attempts = 0;

const unreliable = basicBolt({
  streams: { default: { n: field<number>() } },
  execute: ({ values: { n } }: Tuple<{ n: number }>, collector) => {
    attempts += 1;
    if (attempts % 5 === 0) throw new Error(`attempt ${attempts} does not work`);
    collector.emit({ n });
  },
});

export default new TopologyBuilder('replay')
  .setSpout('reliable', numbers(true))
  .setSpout('careless', numbers(false))
  .setBolt('from-reliable', unreliable)
  .shuffleGrouping('reliable')
  .setBolt('from-careless', unreliable)
  .shuffleGrouping('careless')
  .build();
