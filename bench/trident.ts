import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { countedBetween, countOf, type Histogram, quantileMs } from './histogram.ts';
import type { MeterRows } from './meter-file.ts';
import { type Comparison, interleaved, type Outcome, outcomesOf, type Samples } from './outcome.ts';
import { jvmOptions, runTopology } from './topology-run.ts';

const main = 'acme.bench.TridentWords';
const warmUpMs = 8_000;

/** How much a batch holds, and how many are in flight. */
interface BatchLoad {
  readonly name: string;
  readonly sentencesPerBatch: number;
  readonly counters: number;
  readonly pendingBatches: number;
  readonly intervalMs: number;
}

/**
 * Trident's coordinator lets one batch begin in so many milliseconds and begins it when one more has
 * passed: at 0 there are a thousand a second at most, whoever runs it. Only below 0 it never waits.
 */
const neverThrottled = -1;

/** Small batches one after the other, and larger ones side by side. */
const loads: readonly BatchLoad[] = [
  {
    ...{ name: 'trident-one', sentencesPerBatch: 10, counters: 2 },
    ...{ pendingBatches: 1, intervalMs: neverThrottled },
  },
  {
    ...{ name: 'trident-many', sentencesPerBatch: 100, counters: 2 },
    ...{ pendingBatches: 8, intervalMs: neverThrottled },
  },
];

interface Sample {
  readonly histogram: Histogram;
  readonly seconds: number;
  readonly jvm: string;
}

/** Batches of a Trident word count, from their coordinator's decision to their commit. */
export const trident: Comparison = {
  name: 'trident',
  about: 'word count in Trident: batches a second, and how long a batch takes',
  minutes: { quick: 3, full: 10 },
  peers: ['0.10.2'],
  async run(sides, quick) {
    const outcomes: Outcome[] = [];
    for (const load of loads) {
      const windowMs = quick ? 8_000 : 20_000;
      const samples = await interleaved(sides, quick ? 1 : 3, (cluster) =>
        measure(cluster, load, windowMs),
      );
      outcomes.push(...quantitiesOf(load, samples, windowMs));
    }
    return outcomes;
  },
};

function quantitiesOf(
  load: BatchLoad,
  samples: Samples<Sample>,
  windowMs: number,
): readonly Outcome[] {
  const { name, ...numbers } = load;
  const theirs = [...samples.peers].map(([peer, [first]]) => [`jvm ${peer}`, first?.jvm ?? '']);
  const config = {
    ...{ main, words: wordsOf(load).join(' '), ...numbers, workers: 1, warmUpMs, windowMs },
    'jvm gearstorm': samples.ours[0]?.jvm ?? '',
    ...Object.fromEntries(theirs),
  };
  const latency = (label: string, share: number) =>
    outcomesOf(samples, {
      ...{ name: `${name}-${label}`, unit: 'ms', better: 'less', config },
      of: ({ histogram }) => quantileMs(histogram, share),
    });
  return [
    ...outcomesOf(samples, {
      ...{ name, unit: 'batches/s', better: 'more', config },
      of: ({ histogram, seconds }) => countOf(histogram) / seconds,
    }),
    ...latency('p50', 0.5),
    ...latency('p99', 0.99),
  ];
}

function measure(cluster: Cluster, load: BatchLoad, windowMs: number): Promise<Sample> {
  const topology = { main, words: wordsOf(load), begun, warmUpMs };
  return runTopology(cluster, topology, async ({ pids, rows }) => {
    const before = await rows();
    await sleep(windowMs);
    const after = await rows();
    const histogram = countedBetween(before, after);
    return { histogram, seconds: secondsBetween(before, after), jvm: await jvmOptions(pids) };
  });
}

function wordsOf(load: BatchLoad): readonly string[] {
  const { sentencesPerBatch, counters, pendingBatches, intervalMs } = load;
  return [sentencesPerBatch, counters, pendingBatches, intervalMs].map(String);
}

/** By the clock of the one worker. */
function secondsBetween(before: MeterRows, after: MeterRows): number {
  const [[worker, last] = ['', { timeMs: Number.NaN }]] = after;
  return (last.timeMs - (before.get(worker)?.timeMs ?? Number.NaN)) / 1000;
}

function begun(rows: MeterRows): boolean {
  return [...rows.values()].some(({ value }) => value !== '');
}
