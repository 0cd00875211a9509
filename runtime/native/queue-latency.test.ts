import { expect, it } from 'vitest';
import { bolt, field, spout, TopologyBuilder, type Tuple } from '../../storm-api/builder/index.ts';
import { StormConf } from '../../storm-api/index.ts';
import { systemClock } from '../clock.ts';
import { latencyOfBucketMs } from '../wire/index.ts';
import { NativeRun, planInOneProcess } from './native-run.ts';

const heldMs = 50;

const numbers = spout({
  streams: { default: { n: field<number>() } },
  source: function* () {
    for (let n = 0; n < 4; n++) yield { values: { n } };
  },
});

it('a tuple waits from its arrival until it is taken', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const first = bolt({
    streams: {},
    prepare: () => ({
      execute: async ({ values: { n } }: Tuple<{ n: number }>) => {
        if (n === 0) await held;
      },
    }),
  });
  const program = new TopologyBuilder('waiting', { 'topology.stats.sample.rate': 1 })
    .setSpout('numbers', numbers)
    .setBolt('first', first)
    .shuffleGrouping('numbers')
    .build();
  const plan = planInOneProcess(program, StormConf.empty, systemClock);
  const run = new NativeRun({
    ...{ plan, program, worker: 0, incarnation: 1, clock: systemClock, seed: 1 },
  });
  run.start();
  const latency = (component: string) =>
    run.stats().find((executor) => executor.component === component)?.queueLatency ?? [];
  await expect.poll(() => run.unfinished.queued).toBe(3);
  const beganMs = performance.now();
  await expect.poll(() => performance.now() - beganMs).toBeGreaterThan(heldMs);
  release();
  await expect.poll(() => run.unfinished).toMatchObject({ queued: 0, running: 0 });
  const waited = latency('first');
  const countOf = (isWanted: (ms: number) => boolean) =>
    waited.reduce(
      (sum, bucket, index) =>
        index % 2 === 0 && isWanted(latencyOfBucketMs(bucket))
          ? sum + (waited[index + 1] ?? 0)
          : sum,
      0,
    );
  expect(countOf(() => true)).toBe(4);
  expect(countOf((ms) => ms > 0.9 * heldMs)).toBeGreaterThanOrEqual(3);
  expect(latency('numbers')).toEqual([]);
  await run.stop();
});
