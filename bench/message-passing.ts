import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster, Sides } from './cluster.ts';
import { type MeterRows, perSecond, totalOf } from './meter-file.ts';
import { type Comparison, interleaved, type Outcome, outcomesOf, type Samples } from './outcome.ts';
import { cpuTimeMs } from './proc.ts';
import { jvmOptions, runTopology, type TopologyMain } from './topology-run.ts';

const peers = ['2.8.3', '0.10.2'];
const warmUpMsDefault = 10_000;
/** So many threads keep the JVM's compiler from the processor: all sides get time to warm up. */
const warmUpMsLong = 30_000;

export interface Rate {
  readonly perSecond: number;
  readonly perCpuSecond: number;
  readonly jvm: string;
}

/** A chain of levels of equally many executors. */
export interface SolOptions {
  readonly executors: number;
  readonly levels?: number;
  readonly acked?: boolean;
  readonly workers?: number;
  readonly pendingMax?: number;
}

/** One topology under one name of a result. */
export interface Load {
  readonly name: string;
  readonly topology: TopologyMain;
  readonly acked: boolean;
  readonly executors: number;
  readonly workers: number;
  readonly pendingMax: number;
  readonly warmUpMs: number;
  /** Messages passed from task to task for one tuple of the spout. */
  readonly hops: number;
}

export function sol(name: string, options: SolOptions): Load {
  const { executors, levels = 3, acked = true, workers = 1, pendingMax = 1000 } = options;
  const sizes = [executors, executors, levels];
  const words = [...sizes, acked ? 'acked' : 'unacked', workers, pendingMax].map(String);
  const topology = { main: 'acme.bench.Sol', words };
  const warmUpMs = executors >= 16 ? warmUpMsLong : warmUpMsDefault;
  const hops = levels - 1;
  return { name, topology, acked, executors, workers, pendingMax, warmUpMs, hops };
}

/** Two executors per component, acked, in one worker. */
function shaped(name: string, main: string, hops: number): Load {
  const executors = 2;
  const topology = { main, words: [String(executors)] };
  const base = { acked: true, workers: 1, pendingMax: 1000, warmUpMs: warmUpMsDefault };
  return { name, topology, executors, hops, ...base };
}

/** Tuples per second through topologies whose components do next to nothing. */
export const messagePassing: readonly Comparison[] = [
  comparison('sol-1', 'a chain of three levels, one executor each, acked', [
    sol('sol-acked-1', { executors: 1 }),
  ]),
  comparison('sol-acked', 'the same with two and with four executors a level', [
    sol('sol-acked-2', { executors: 2 }),
    sol('sol-acked-4', { executors: 4 }),
  ]),
  comparison('sol-level-2', 'a chain of two levels, two executors each, acked', [
    sol('sol-level-2', { executors: 2, levels: 2 }),
  ]),
  comparison('sol-48', 'a chain of three levels, 48 executors each, acked', [
    sol('sol-acked-48', { executors: 48 }),
  ]),
  comparison('sol-unacked', 'a chain of three levels, two executors each, without acking', [
    sol('sol-unacked-2', { executors: 2, acked: false }),
  ]),
  comparison('two-workers', 'a chain of three levels over two workers, acked', [
    sol('two-workers', { executors: 2, workers: 2 }),
  ]),
  comparison('word-count', 'sentences, split, counted by word, acked', [
    shaped('word-count', 'acme.bench.WordCount', 7),
  ]),
  comparison('diamond', 'fan-out to two bolts and fan-in by content, acked', [
    shaped('diamond', 'acme.bench.Diamond', 4),
  ]),
  hops(),
];

/** Loads that are measured one after the other, each on all sides in turn. */
export function comparison(name: string, about: string, loads: readonly Load[]): Comparison {
  const minutes = { quick: 2 * loads.length, full: 6 * loads.length };
  return {
    name,
    about,
    minutes,
    peers,
    async run(sides, quick) {
      const outcomes: Outcome[] = [];
      for (const load of loads) outcomes.push(...(await compare(load, sides, quick)));
      return outcomes;
    },
  };
}

/** The chain without acking again, long and narrow, counted in messages. */
function hops(): Comparison {
  const load = sol('hops', { executors: 1, levels: 5, acked: false });
  return {
    name: 'hops',
    about: 'messages passed from task to task, not acked',
    minutes: { quick: 2, full: 6 },
    peers,
    async run(sides, quick) {
      const samples = await ratesOf(load, sides, quick ? 1 : 3, quick);
      const base = { better: 'more', config: conditions(load, samples, quick) } as const;
      return [
        ...outcomesOf(samples, {
          ...base,
          name: load.name,
          unit: 'messages/s',
          of: (rate) => load.hops * rate.perSecond,
        }),
        ...outcomesOf(samples, {
          ...base,
          name: `${load.name}-cpu`,
          unit: 'messages per CPU-second',
          of: (rate) => load.hops * rate.perCpuSecond,
        }),
      ];
    },
  };
}

async function compare(load: Load, sides: Sides, quick: boolean): Promise<readonly Outcome[]> {
  const samples = await ratesOf(load, sides, quick ? 1 : 3, quick);
  const base = { better: 'more', config: conditions(load, samples, quick) } as const;
  return [
    ...outcomesOf(samples, {
      ...base,
      name: load.name,
      unit: 'tuples/s',
      of: (rate) => rate.perSecond,
    }),
    ...outcomesOf(samples, {
      ...base,
      name: `${load.name}-cpu`,
      unit: 'tuples per CPU-second',
      of: (rate) => rate.perCpuSecond,
    }),
  ];
}

/** The load on every side in turn. */
export function ratesOf(
  load: Load,
  sides: Sides,
  rounds: number,
  quick: boolean,
): Promise<Samples<Rate>> {
  return interleaved(sides, rounds, (cluster) => measure(cluster, load, windowMs(quick)));
}

/** What all sides were given, and the options that their workers ran with. */
export function conditions(load: Load, samples: Samples<Rate>, quick: boolean) {
  const theirJvms = [...samples.peers].map(([peer, [first]]) => [`jvm ${peer}`, first?.jvm ?? '']);
  return {
    main: load.topology.main,
    words: load.topology.words.join(' '),
    executorsPerComponent: load.executors,
    workers: load.workers,
    ackers: load.acked ? load.workers : 0,
    maxSpoutPending: load.pendingMax,
    warmUpMs: load.warmUpMs,
    windowMs: windowMs(quick),
    'jvm gearstorm': samples.ours[0]?.jvm ?? '',
    ...Object.fromEntries(theirJvms),
  };
}

function begun(rows: MeterRows): boolean {
  return totalOf(rows) > 0;
}

function windowMs(quick: boolean): number {
  return quick ? 5000 : 10_000;
}

function measure(cluster: Cluster, load: Load, forMs: number): Promise<Rate> {
  const { topology, warmUpMs } = load;
  return runTopology(cluster, { ...topology, begun, warmUpMs }, async ({ pids, rows }) => {
    const cpuBeforeMs = await cpuTimeMs(pids);
    const before = await rows();
    await sleep(forMs);
    const cpuMs = (await cpuTimeMs(pids)) - cpuBeforeMs;
    const after = await rows();
    return {
      perSecond: perSecond(before, after),
      perCpuSecond: (1000 * (totalOf(after) - totalOf(before))) / cpuMs,
      jvm: await jvmOptions(pids),
    };
  });
}
