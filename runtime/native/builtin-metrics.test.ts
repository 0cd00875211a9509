import { expect, it } from 'vitest';
import {
  bolt,
  type DataPoint,
  field,
  spout,
  TopologyBuilder,
  type Tuple,
} from '../../storm-api/builder/index.ts';
import { testTopology } from './test-topology.ts';

const numbers = spout({
  streams: { default: { n: field<number>() } },
  source: function* () {
    for (let n = 0; n < 4; n++) yield { values: { n }, messageId: n };
  },
});

/** Takes the first tuple and never gives it back, so that the others wait. */
const stuck = bolt({
  streams: {},
  prepare: () => ({
    execute: async (_: Tuple<{ n: number }>) => {
      await new Promise(() => {});
    },
  }),
});

it('queues of an executor have the shape of those of Storm', async () => {
  const reports = new Map<string, unknown>();
  const program = new TopologyBuilder('watched', {
    'topology.builtin.metrics.bucket.size.secs': 1,
  })
    .setSpout('numbers', numbers)
    .setBolt('stuck', stuck)
    .shuffleGrouping('numbers')
    .metricsConsumer('watcher', {
      prepare: () => ({
        handleDataPoints: ({ componentId }, points: readonly DataPoint[]) => {
          for (const { name, value } of points) reports.set(`${componentId} ${name}`, value);
        },
      }),
    })
    .build();
  await testTopology(program, {}, { limitSecs: 3 });
  const queue = (name: string) => Object.fromEntries(reports.get(name) as Map<string, number>);
  expect(queue('stuck __receive')).toMatchObject({ population: 3, read_pos: 1, write_pos: 4 });
  expect(queue('stuck __receive')['capacity']).toBeGreaterThan(3);
  expect(queue('numbers __sendqueue')).toEqual({
    capacity: 1,
    population: 0,
    read_pos: 4,
    write_pos: 4,
  });
  expect(queue('numbers __receive')).toMatchObject({ population: 0, read_pos: 0, write_pos: 0 });
});

it('positions never go back, though an executor begins anew with calls under way', async () => {
  const positions: number[] = [];
  let throwLater = (_: Error) => {};
  const throwing = bolt({
    streams: {},
    concurrency: 3, // the fourth tuple is left for the next life
    prepare: () => ({
      execute: (_: Tuple<{ n: number }>) =>
        new Promise<void>((_, reject) => {
          throwLater = reject;
        }),
    }),
  });
  const program = new TopologyBuilder('watched', {
    'topology.builtin.metrics.bucket.size.secs': 1,
  })
    .setSpout('numbers', numbers)
    .setBolt('throwing', throwing)
    .shuffleGrouping('numbers')
    .metricsConsumer('watcher', {
      prepare: () => ({
        handleDataPoints: ({ componentId }, points: readonly DataPoint[]) => {
          const point = points.find(({ name }) => name === '__receive');
          if (componentId !== 'throwing' || point === undefined) return;
          positions.push((point.value as ReadonlyMap<string, number>).get('read_pos') ?? -1);
          if (positions.length === 1) throwLater(new Error('once'));
        },
      }),
    })
    .build();
  await testTopology(program, {}, { limitSecs: 4 });
  expect(positions.slice(0, 2)).toEqual([3, 4]);
});
