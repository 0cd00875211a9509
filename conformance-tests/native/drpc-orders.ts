// gearstorm submit conformance-tests/native/drpc-orders.ts --name NAME
// The function `orders` in TypeScript alone: does with a request what its argument says.
import { appendFileSync } from 'node:fs';
import { bolt, drpcSpout, field, returnResults, TopologyBuilder, type Tuple } from 'gearstorm';

type Request = { args: string; 'return-info': string };

const orders = bolt({
  streams: { default: { result: field<string>(), 'return-info': field<string>() } },
  prepare: (_, collector) => ({
    execute: (request: Tuple<Request>) => {
      const { args, 'return-info': info } = request.values;
      if (args.startsWith('fail')) {
        collector.fail(request);
        return;
      }
      const [, file, note] = /^note (\S+) (.*)$/.exec(args) ?? [];
      if (file !== undefined) appendFileSync(file, `${note}\n`);
      collector.emit({ result: `${args}!`, 'return-info': info }, { anchors: request });
      collector.ack(request);
    },
  }),
});

export default new TopologyBuilder('orders', { 'topology.message.timeout.secs': 600 })
  .setSpout('requests', drpcSpout('orders'), { parallelism: 2 })
  .setBolt('orders', orders, { parallelism: 4 })
  .shuffleGrouping('requests')
  .setBolt('answers', returnResults(), { parallelism: 2 })
  .shuffleGrouping('orders')
  .build();
