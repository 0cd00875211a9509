// gearstorm submit conformance-tests/native/drpc-functions.ts --name NAME -- JAR RESOURCES
// Functions that are fetched by native spouts, and worked on in Python, in Java and here.
import {
  bolt,
  drpcSpout,
  field,
  javaBolt,
  returnResults,
  shellBolt,
  TopologyBuilder,
  type Tuple,
} from 'gearstorm';

type Request = { args: string; 'return-info': string };

const request = { args: field<string>(), 'return-info': field<string>() };
const answer = { default: { result: field<string>(), 'return-info': field<string>() } };

/** Keeps every request until one of them orders to let go of all. */
const keep = bolt({
  streams: answer,
  prepare: (_, collector) => {
    const kept: Tuple<Request>[] = [];
    return {
      execute: (tuple: Tuple<Request>) => {
        kept.push(tuple);
        if (tuple.values.args !== 'let go') return;
        for (const each of kept.splice(0)) {
          const { args, 'return-info': info } = each.values;
          collector.emit({ result: `kept ${args}`, 'return-info': info }, { anchors: each });
          collector.ack(each);
        }
      },
    };
  },
});

export default (jar = '', resources = '') => {
  const orders = () =>
    javaBolt({ jar, class: 'acme.drpc.OrderBolt', streams: answer, takes: request });
  return new TopologyBuilder('functions', { 'topology.message.timeout.secs': 600 })
    .setSpout('shout-requests', drpcSpout('shout'))
    .setBolt('shout', shellBolt(['python3', 'shout.py'], { streams: answer, resources }))
    .shuffleGrouping('shout-requests')
    .setBolt('shout-answers', returnResults())
    .shuffleGrouping('shout')
    .setSpout('order-requests', drpcSpout('orders'), { parallelism: 2 })
    .setBolt('orders', orders(), { parallelism: 2 })
    .shuffleGrouping('order-requests')
    .setBolt('order-answers', returnResults())
    .shuffleGrouping('orders')
    .setSpout('storm-requests', drpcSpout('storms'))
    .setBolt('storms', orders())
    .shuffleGrouping('storm-requests')
    .setBolt('storm-answers', javaBolt({ class: 'backtype.storm.drpc.ReturnResults' }))
    .shuffleGrouping('storms')
    .setSpout('keep-requests', drpcSpout('keep'))
    .setBolt('keep', keep)
    .shuffleGrouping('keep-requests')
    .setBolt('keep-answers', returnResults())
    .shuffleGrouping('keep')
    .build();
};
