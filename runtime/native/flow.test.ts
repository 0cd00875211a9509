// Goal: what waits in a native worker is bounded in tuples and bytes, in cycles too.
// Method: small bounds on simulated time; bolts say how much waits between them and their source.
import { expect, it } from 'vitest';
import { bolt, field, spout, TopologyBuilder, type Tuple } from '../../storm-api/builder/index.ts';
import { StreamBuilder } from '../../storm-api/dsl/index.ts';
import { testTopology } from './test-topology.ts';

interface Texted {
  readonly text: string;
}

/** How far a source is ahead of whoever takes what it makes. */
class Distance {
  made = 0;
  taken = 0;
  most = 0;

  take(): void {
    this.taken += 1;
    this.most = Math.max(this.most, this.made - this.taken);
  }
}

function endless(distance: Distance, text: string) {
  return spout({
    streams: { default: { text: field<string>() } },
    open: (_, collector) => ({
      nextTuple: () => {
        distance.made += 1;
        collector.emit({ text });
      },
    }),
  });
}

function slow(distance: Distance) {
  return bolt({
    streams: {},
    prepare: () => ({
      execute: async (_: Tuple<Texted>) => {
        distance.take();
        await null;
      },
    }),
  });
}

it('holds a spout back when few but large tuples wait', async () => {
  const distance = new Distance();
  const program = new TopologyBuilder('large', { 'gearstorm.mailbox.bytes': 10_000 })
    .setSpout('endless', endless(distance, 'x'.repeat(1000)))
    .setBolt('slow', slow(distance))
    .shuffleGrouping('endless')
    .build();
  await testTopology(program, {}, { limitSecs: 0.005 });
  expect(distance.taken).toBeGreaterThan(5);
  expect(distance.most).toBeLessThan(15);
});

it('lets a tuple pass that is larger than all the room there is', async () => {
  const program = new TopologyBuilder('huge', { 'gearstorm.mailbox.bytes': 10 })
    .setSpout('endless', endless(new Distance(), ''))
    .setBolt('slow', slow(new Distance()))
    .shuffleGrouping('endless')
    .build();
  const inputs = ['a', 'b', 'c'].map((each) => ({ text: each.repeat(1000) }));
  const result = await testTopology(program, { endless: inputs }, { limitSecs: 1 });
  expect(result.tuples('endless')).toHaveLength(3);
});

it('ends a run whose cycle multiplies with an error that names the cycle', async () => {
  const doubling = bolt({
    streams: { default: { text: field<string>() } },
    prepare: (_, collector) => ({
      execute: (tuple: Tuple<Texted>) => {
        for (const text of ['a', 'b']) collector.emit({ text }, { anchors: tuple });
        collector.ack(tuple);
      },
    }),
  });
  const program = new TopologyBuilder('rabbits', { 'gearstorm.overflow.bytes.max': 100_000 })
    .setSpout('first', endless(new Distance(), ''))
    .setBolt('doubling', doubling, { parallelism: 2 })
    .shuffleGrouping('first')
    .shuffleGrouping('doubling')
    .build();
  await expect(testTopology(program, { first: [{ text: 'x' }] })).rejects.toThrow(
    'the cycle of doubling emits more than it takes in: its waiting tuples passed gearstorm.overflow.bytes.max = 100000',
  );
});

it('takes from an iterable only what there is room for', async () => {
  const distance = new Distance();
  const builder = new StreamBuilder('iterables', { 'gearstorm.mailbox.tuples': 8 });
  const spread = function* () {
    for (let n = 0; n < 500; n++) {
      distance.made += 1;
      yield n;
    }
  };
  builder
    .stream('one', () => [1])
    .flatMap(spread)
    .shuffle()
    .sink(() => distance.take());
  await testTopology(builder.build());
  expect(distance.taken).toBe(500);
  expect(distance.most).toBeLessThan(20);
});

it('tells a spout that emits much in one call when there is room', async () => {
  const distance = new Distance();
  const greedy = spout({
    streams: { default: { text: field<string>() } },
    open: (_, collector) => ({
      nextTuple: async () => {
        for (let n = 0; n < 500; n++) {
          distance.made += 1;
          collector.emit({ text: 'x' });
          await collector.room();
        }
      },
    }),
  });
  const program = new TopologyBuilder('greedy', { 'gearstorm.mailbox.tuples': 8 })
    .setSpout('greedy', greedy)
    .setBolt('slow', slow(distance))
    .shuffleGrouping('greedy')
    .build();
  await testTopology(program, {}, { limitSecs: 0.02 });
  expect(distance.taken).toBeGreaterThan(30);
  expect(distance.most).toBeLessThan(20);
});
