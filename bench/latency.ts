import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { countedBetween, type Histogram, quantileMs } from './histogram.ts';
import type { MeterRows } from './meter-file.ts';
import { type Comparison, interleaved, outcomesOf } from './outcome.ts';
import { jvmOptions, runTopology } from './topology-run.ts';

const main = 'acme.bench.Latency';
const warmUpMs = 10_000;
const quantiles = [
  ['p50', 0.5],
  ['p99', 0.99],
  ['max', 1],
] as const;

interface LatencyLoad {
  readonly name: string;
  readonly about: string;
  readonly spouts: number;
  readonly bolts: number;
  /** Per spout; 0 for as many as possible. */
  readonly tuplesPerSecond: number;
}

interface Sample {
  readonly histogram: Histogram;
  readonly jvm: string;
}

/** The time from a spout's emit to its ack, measured by the spout itself. */
export const latency: readonly Comparison[] = [
  comparison({
    name: 'latency',
    about: 'complete latency at 1,000 tuples a second',
    spouts: 1,
    bolts: 2,
    tuplesPerSecond: 1000,
  }),
  comparison({
    name: 'latency-loaded',
    about: 'complete latency under full load, 1,000 trees pending a spout',
    spouts: 2,
    bolts: 2,
    tuplesPerSecond: 0,
  }),
];

function comparison(load: LatencyLoad): Comparison {
  const { name, about, spouts, bolts, tuplesPerSecond } = load;
  const words = [spouts, bolts, tuplesPerSecond].map(String);
  return {
    name,
    about,
    minutes: { quick: 2, full: 8 },
    peers: ['2.8.3', '0.10.2'],
    async run(sides, quick) {
      const windowMs = quick ? 5000 : 20_000;
      const samples = await interleaved(sides, quick ? 1 : 3, (cluster) =>
        measure(cluster, words, windowMs),
      );
      const theirs = [...samples.peers].map(([peer, [first]]) => [`jvm ${peer}`, first?.jvm ?? '']);
      const config = {
        main,
        words: words.join(' '),
        spouts,
        boltsPerLevel: bolts,
        tuplesPerSecond: tuplesPerSecond === 0 ? 'as many as possible' : tuplesPerSecond,
        workers: 1,
        ackers: 1,
        maxSpoutPending: 1000,
        warmUpMs,
        windowMs,
        'jvm gearstorm': samples.ours[0]?.jvm ?? '',
        ...Object.fromEntries(theirs),
      };
      return quantiles.flatMap(([label, share]) =>
        outcomesOf(samples, {
          name: `${name}-${label}`,
          unit: 'ms',
          better: 'less',
          config,
          of: ({ histogram }) => quantileMs(histogram, share),
        }),
      );
    },
  };
}

function measure(cluster: Cluster, words: readonly string[], windowMs: number): Promise<Sample> {
  return runTopology(cluster, { main, words, begun, warmUpMs }, async ({ pids, rows }) => {
    const before = await rows();
    await sleep(windowMs);
    return { histogram: countedBetween(before, await rows()), jvm: await jvmOptions(pids) };
  });
}

function begun(rows: MeterRows): boolean {
  return [...rows.values()].some(({ value }) => value !== '');
}
