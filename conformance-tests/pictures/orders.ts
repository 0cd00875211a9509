// gearstorm submit conformance-tests/pictures/orders.ts
// Orders come in faster than their customers can be looked up: the topology with a bottleneck.
import { setTimeout as sleep } from 'node:timers/promises';
import { basicBolt, field, spout, TopologyBuilder, type Tuple } from 'gearstorm';

interface Order {
  readonly order: number;
  readonly customer: string;
}

const order = { order: field<number>(), customer: field<string>() };
const arrivalMs = 1;
const lookUpMs = 8;
const customers = 500;

const orders = spout({
  streams: { default: order },
  open: (_, collector) => {
    let next = 0;
    return {
      nextTuple: async () => {
        await sleep(arrivalMs);
        const customer = `customer-${(next * 7919) % customers}`;
        collector.emit({ order: next, customer }, { messageId: next });
        next += 1;
      },
    };
  },
});

const check = basicBolt({
  streams: { default: order },
  execute: ({ values }: Tuple<Order>, collector) => void collector.emit({ ...values }),
});

/** Waits as for a database. */
const lookUp = basicBolt({
  streams: { default: { ...order, country: field<string>() } },
  execute: async ({ values }: Tuple<Order>, collector) => {
    await sleep(lookUpMs * (0.7 + 0.6 * Math.random()));
    collector.emit({ ...values, country: values.order % 3 === 0 ? 'NO' : 'SE' });
  },
});

const end = basicBolt({ streams: {}, execute: () => {} });

export default new TopologyBuilder('orders', { 'topology.max.spout.pending': 400 })
  .setSpout('orders', orders)
  .setBolt('check', check, { parallelism: 2 })
  .shuffleGrouping('orders')
  .setBolt('customers', lookUp, { parallelism: 3 })
  .fieldsGrouping('check', ['customer'])
  .setBolt('per-country', end, { parallelism: 2 })
  .fieldsGrouping('customers', ['country'])
  .setBolt('archive', end)
  .shuffleGrouping('customers')
  .build();
