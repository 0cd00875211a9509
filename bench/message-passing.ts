import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '../conformance-tests/harness/index.ts';
import type { Cluster, Comparison, Outcome, Sides } from './cluster.ts';
import { cpuTimeMs } from './proc.ts';

const peers = ['2.8.3', '0.10.2'];
const topologyName = 'rates';
const startTimeoutMs = 120_000;
const warmUpMs = 10_000;

/** One topology of acme.bench, under one name of a result. */
interface Load {
  readonly name: string;
  readonly main: string;
  /** After the topology's name and the file. */
  readonly words: readonly string[];
}

interface Rate {
  readonly perSecond: number;
  readonly perCpuSecond: number;
}

interface Count {
  readonly timeMs: number;
  readonly total: number;
}

function sol(name: string, executors: number, acked: boolean): Load {
  const words = [String(executors), String(executors), '3', acked ? 'acked' : 'unacked'];
  return { name, main: 'acme.bench.Sol', words };
}

/** Tuples per second through topologies whose components do next to nothing. */
export const messagePassing: readonly Comparison[] = [
  comparison('sol-acked', [sol('sol-acked-2', 2, true), sol('sol-acked-4', 4, true)]),
  comparison('sol-unacked', [sol('sol-unacked-2', 2, false)]),
  comparison('sol-48', [sol('sol-acked-48', 48, true)]),
  comparison('word-count', [{ name: 'word-count', main: 'acme.bench.WordCount', words: ['2'] }]),
];

function comparison(name: string, loads: readonly Load[]): Comparison {
  return {
    name,
    peers,
    async run(sides, quick) {
      const outcomes: Outcome[] = [];
      for (const load of loads) outcomes.push(...(await compare(load, sides, quick)));
      return outcomes;
    },
  };
}

/** The sides take turns, so that a busy minute of the machine hits both. */
async function compare(load: Load, sides: Sides, quick: boolean): Promise<readonly Outcome[]> {
  const rounds = quick ? 1 : 3;
  const windowMs = quick ? 5000 : 10_000;
  const ours: Rate[] = [];
  const theirs: Rate[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await measure(sides.ours, load, windowMs));
    theirs.push(await measure(sides.theirs, load, windowMs));
  }
  const config = {
    main: load.main,
    words: load.words.join(' '),
    workers: 1,
    ackers: load.words.includes('unacked') ? 0 : 1,
    maxSpoutPending: 1000,
    workerOptions: '-Xmx1536m -XX:+UseParallelGC',
    warmUpMs,
    windowMs,
    rounds,
  };
  const outcome = (name: string, unit: string, of: (rate: Rate) => number): Outcome => {
    return { name, unit, better: 'more', ours: ours.map(of), theirs: theirs.map(of), config };
  };
  return [
    outcome(load.name, 'tuples/s', ({ perSecond }) => perSecond),
    outcome(`${load.name}-cpu`, 'tuples per CPU-second', ({ perCpuSecond }) => perCpuSecond),
  ];
}

async function measure(cluster: Cluster, load: Load, windowMs: number): Promise<Rate> {
  const directory = await mkdtemp(join(tmpdir(), 'gearstorm-bench-'));
  const file = join(directory, 'rates.tsv');
  try {
    await cluster.submit(await cluster.benchJar(), load.main, topologyName, file, ...load.words);
    await waitFor('the first tuple', startTimeoutMs, async () => {
      return ((await lastCount(file))?.total ?? 0) > 0;
    });
    await sleep(warmUpMs);
    const rate = await rateOver(file, await cluster.workerPids(), windowMs);
    await cluster.killAndWait(topologyName);
    return rate;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function rateOver(file: string, pids: readonly number[], windowMs: number): Promise<Rate> {
  const cpuBeforeMs = await cpuTimeMs(pids);
  const before = await lastCount(file);
  await sleep(windowMs);
  const cpuMs = (await cpuTimeMs(pids)) - cpuBeforeMs;
  const after = await lastCount(file);
  if (before === null || after === null) throw new Error('the topology counts nothing');
  const tuples = after.total - before.total;
  return {
    perSecond: (1000 * tuples) / (after.timeMs - before.timeMs),
    perCpuSecond: (1000 * tuples) / cpuMs,
  };
}

/** The last whole row that the topology's meter wrote; null before the first. */
async function lastCount(file: string): Promise<Count | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const row = text.split('\n').at(-2);
  if (row === undefined) return null;
  const [timeMs, total] = row.split('\t').map(Number);
  return { timeMs: Number(timeMs), total: Number(total) };
}
