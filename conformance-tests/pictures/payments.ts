// gearstorm submit conformance-tests/pictures/payments.ts
// Some payments fail at the bank: the topology with errors and failing trees.
import { setTimeout as sleep } from 'node:timers/promises';
import { basicBolt, field, spout, TopologyBuilder, type Tuple } from 'gearstorm';

interface Payment {
  readonly payment: number;
  readonly cents: number;
}

const payment = { payment: field<number>(), cents: field<number>() };
const arrivalMs = 8;

const payments = spout({
  streams: { default: payment },
  open: (_, collector) => {
    let next = 0;
    return {
      nextTuple: async () => {
        await sleep(arrivalMs);
        collector.emit({ payment: next, cents: (next * 7919) % 10_000 }, { messageId: next });
        next += 1;
      },
    };
  },
});

const bank = basicBolt({
  streams: { default: payment },
  execute: ({ values }: Tuple<Payment>, collector) => {
    if (values.payment % 40 === 39) throw new Error('the bank did not answer within 2 s');
    if (values.payment % 300 === 17) throw new RangeError('no account has this number');
    collector.emit({ ...values });
  },
});

const ledger = basicBolt({
  streams: {},
  execute: ({ values: { payment, cents } }: Tuple<Payment>) => {
    if (payment % 100 === 0) process.stdout.write(`booked ${payment}, ${cents} cents\n`);
  },
});

const receipts = basicBolt({ streams: {}, execute: () => {} });

export default new TopologyBuilder('payments', { 'topology.max.spout.pending': 200 })
  .setSpout('payments', payments)
  .setBolt('bank', bank, { parallelism: 2 })
  .shuffleGrouping('payments')
  .setBolt('ledger', ledger)
  .globalGrouping('bank')
  .setBolt('receipts', receipts, { parallelism: 2 })
  .shuffleGrouping('bank')
  .build();
