/** Markup that would say so if a browser ran it. */
export const hostile = '<img src=x onerror="window.wasRun=1"><script>window.wasRun=1</script>';

/** The same in a name, which takes no dot. */
export const hostileName = '<img src=x onerror=wasRun=1>';

/** A program whose name, ids, stream, errors, log lines and configuration are markup. */
export const hostileProgram = `
import { basicBolt, field, spout, TopologyBuilder, type Tuple } from 'gearstorm';

const hostile = ${JSON.stringify(hostile)};

const numbers = spout({
  streams: { default: { n: field<number>() } },
  open: (_, collector) => {
    let n = 0;
    return {
      nextTuple: async () => {
        collector.emit({ n }, { messageId: n });
        n += 1;
        await new Promise((resolve) => setTimeout(resolve, 5));
      },
    };
  },
});

const words = basicBolt({
  streams: { [hostile]: { word: field<string>() } },
  execute: ({ values }: Tuple<{ n: number }>, collector) => {
    if (values.n % 50 === 49) {
      console.log('printed ' + hostile);
      throw new Error('failed at ' + hostile);
    }
    collector.emit({ word: hostile }, { stream: hostile });
  },
});

const sink = basicBolt({ streams: {}, execute: () => {} });

export default new TopologyBuilder(${JSON.stringify(hostileName)}, { 'hostile.key': hostile, 'some.password': 'opensesame' })
  .setSpout('numbers', numbers)
  .setBolt(hostile, words, { parallelism: 2 })
  .shuffleGrouping('numbers')
  .setBolt('sink', sink)
  .shuffleGrouping(hostile, hostile)
  .build();
`;
