import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../conformance-tests/harness/index.ts';
import type { Cluster, Sides } from './cluster.ts';
import { countedBetween, quantileMs } from './histogram.ts';
import { type MeterRows, perSecond, totalOf } from './meter-file.ts';
import { type Comparison, interleaved, type Outcome, outcomesOf } from './outcome.ts';
import { cpuTimeMs, isStartedWith, withDescendants } from './proc.ts';
import { runTopology, type TopologyMain } from './topology-run.ts';

const main = 'acme.bench.Shell';
const warmUpMs = 10_000;
const idleTuplesPerSecond = 50;
/** Whose storm.py and storm.js both sides run, unmodified. */
const library = '2.8.3';
const resources = [
  join(projectRoot, 'bench', 'multilang'),
  join(projectRoot, 'build', 'multilang', library),
];

interface Language {
  readonly name: string;
  readonly about: string;
  readonly program: string;
  readonly scripts: readonly [spout: string, bolt: string];
}

/** A spout before a bolt, each a subprocess; the same scripts on all sides. */
export const multilang: readonly Comparison[] = [
  comparison({
    name: 'multilang-python',
    about: "a spout before a bolt in Python, with Storm's storm.py",
    program: 'python3',
    scripts: ['source.py', 'pass.py'],
  }),
  comparison({
    name: 'multilang-node',
    about: "the same in JavaScript, with Storm's storm.js",
    program: 'node',
    scripts: ['source.cjs', 'pass.cjs'],
  }),
];

function comparison(language: Language): Comparison {
  const { name, about } = language;
  return {
    name,
    about,
    minutes: { quick: 2, full: 8 },
    peers: ['2.8.3'],
    async run(sides, quick) {
      const rounds = quick ? 1 : 3;
      const windowMs = quick ? 5000 : 10_000;
      return [
        ...(await compareRates(language, sides, rounds, windowMs)),
        ...(await compareLatency(language, sides, rounds, windowMs)),
      ];
    },
  };
}

interface Rates {
  readonly perSecond: number;
  readonly perCpuSecond: number;
  /** Processor time of the workers without their subprocesses. */
  readonly workerMicrosecondsPerTuple: number;
}

async function compareRates(
  language: Language,
  sides: Sides,
  rounds: number,
  windowMs: number,
): Promise<readonly Outcome[]> {
  const samples = await interleaved(sides, rounds, (cluster) => rates(cluster, language, windowMs));
  const { name } = language;
  const config = conditions(language, 'as many as possible', windowMs);
  return [
    ...outcomesOf(samples, {
      name,
      unit: 'tuples/s',
      better: 'more',
      config,
      of: (rate) => rate.perSecond,
    }),
    ...outcomesOf(samples, {
      name: `${name}-cpu`,
      unit: 'tuples per CPU-second, subprocesses included',
      better: 'more',
      config,
      of: (rate) => rate.perCpuSecond,
    }),
    ...outcomesOf(samples, {
      name: `${name}-worker`,
      unit: 'CPU-microseconds a tuple, subprocesses left out',
      better: 'less',
      config,
      of: (rate) => rate.workerMicrosecondsPerTuple,
    }),
  ];
}

function rates(cluster: Cluster, language: Language, forMs: number): Promise<Rates> {
  const topology = topologyOf(language, 0);
  return runTopology(cluster, { ...topology, begun, warmUpMs }, async ({ pids, rows }) => {
    const all = await withDescendants(pids);
    const isChild = await Promise.all(all.map((pid) => isStartedWith(pid, language.scripts)));
    const workers = all.filter((_, index) => isChild[index] === false);
    const [allBeforeMs, workersBeforeMs] = [await cpuTimeMs(all), await cpuTimeMs(workers)];
    const before = await rows();
    await sleep(forMs);
    const [allMs, workersMs] = [await cpuTimeMs(all), await cpuTimeMs(workers)];
    const after = await rows();
    const tuples = totalOf(after) - totalOf(before);
    return {
      perSecond: perSecond(before, after),
      perCpuSecond: (1000 * tuples) / (allMs - allBeforeMs),
      workerMicrosecondsPerTuple: (1000 * (workersMs - workersBeforeMs)) / tuples,
    };
  });
}

/** From the spout's emit to its ack, both seen by the subprocess, at a rate that nothing waits for. */
async function compareLatency(
  language: Language,
  sides: Sides,
  rounds: number,
  windowMs: number,
): Promise<readonly Outcome[]> {
  const topology = topologyOf(language, idleTuplesPerSecond);
  const begins = (rows: MeterRows) => [...rows.values()].some(({ value }) => value !== '');
  const samples = await interleaved(sides, rounds, (cluster) =>
    runTopology(cluster, { ...topology, begun: begins, warmUpMs }, async ({ rows }) => {
      const before = await rows();
      await sleep(windowMs);
      return quantileMs(countedBetween(before, await rows()), 0.5);
    }),
  );
  return outcomesOf(samples, {
    name: `${language.name}-latency-p50`,
    unit: 'ms',
    better: 'less',
    config: conditions(language, idleTuplesPerSecond, windowMs),
    of: (medianMs) => medianMs,
  });
}

function topologyOf({ program, scripts }: Language, tuplesPerSecond: number): TopologyMain {
  return { main, words: [String(tuplesPerSecond), program, ...scripts], resources };
}

function conditions(
  { program, scripts }: Language,
  tuplesPerSecond: number | string,
  windowMs: number,
) {
  return {
    main,
    subprocesses: scripts.map((script) => `${program} ${script}`).join(', '),
    library: `Storm ${library}`,
    tuplesPerSecond,
    workers: 1,
    ackers: 1,
    maxSpoutPending: 1000,
    warmUpMs,
    windowMs,
  };
}

function begun(rows: MeterRows): boolean {
  return totalOf(rows) > 0;
}
