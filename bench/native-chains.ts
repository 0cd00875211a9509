import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jars, projectRoot } from '../conformance-tests/harness/index.ts';
import type { Cluster } from './cluster.ts';
import { comparison, sol } from './message-passing.ts';
import { perSecond, totalOf } from './meter-file.ts';
import { type Comparison, interleaved, outcomesOf, type Quantity } from './outcome.ts';
import { cpuTimeMs, pidsOfNode } from './proc.ts';
import { runTopology } from './topology-run.ts';

const executors = 2;
const warmUpMs = 10_000;
const chain = sol('native-sol', { executors });
const program = (name: string) => join(projectRoot, 'bench', 'native', name);
const inTypeScript = { ...chain.topology, program: program('sol.ts') };

/** Chains in TypeScript on our side, beside Java and subprocesses on Storm's. */
export const nativeChains: readonly Comparison[] = [
  comparison('native-sol', 'the chain of three levels in TypeScript beside Java, acked', [
    { ...chain, topology: inTypeScript },
  ]),
  {
    ...comparison('native-shell', 'the same beside subprocesses in Node on Storm', [
      {
        ...chain,
        name: 'native-shell',
        topology: { ...inTypeScript, main: 'acme.bench.ShellSol' },
      },
    ]),
    peers: ['2.8.3'],
  },
  mixed(),
];

/** What one turn measured, per second. */
interface Sample {
  readonly tuples: number;
  /** Of processor time of all workers. */
  readonly perCpuSecond: number;
  /** Of processor time of the workers in Node; where there are none, of all. */
  readonly perNodeCpuSecond: number;
}

/** A chain with its middle in TypeScript, so that every tuple crosses twice between processes. */
function mixed(): Comparison {
  return {
    name: 'mixed',
    about: 'from Java to TypeScript and back on our side, all in Java on theirs, acked',
    minutes: { quick: 2, full: 6 },
    peers: ['2.8.3', '0.10.2'],
    async run(sides, quick) {
      const windowMs = quick ? 5_000 : 10_000;
      const samples = await interleaved(sides, quick ? 1 : 3, (side) => measure(side, windowMs));
      const config = {
        ...{ executorsPerComponent: executors, workers: 1, ackers: 1, maxSpoutPending: 1000 },
        ...{ warmUpMs, windowMs },
      };
      const base = { better: 'more', config } as const;
      const unit = 'tuples per CPU-second';
      const quantities: readonly Quantity<Sample>[] = [
        { ...base, name: 'mixed', unit: 'tuples/s', of: ({ tuples }) => tuples },
        { ...base, name: 'mixed-cpu', unit, of: ({ perCpuSecond }) => perCpuSecond },
        {
          ...base,
          name: 'mixed-node-cpu',
          unit: `${unit} of the worker in Node`,
          of: ({ perNodeCpuSecond }) => perNodeCpuSecond,
        },
      ];
      return quantities.flatMap((quantity) => outcomesOf(samples, quantity));
    },
  };
}

function measure(cluster: Cluster, windowMs: number): Promise<Sample> {
  const topology = {
    ...chain.topology,
    program: program('mixed.ts'),
    programWords: [jars.acme, String(executors)],
    begun: (rows: Parameters<typeof totalOf>[0]) => totalOf(rows) > 0,
    warmUpMs,
  };
  return runTopology(cluster, topology, async ({ pids, rows }) => {
    const node = await pidsOfNode(pids);
    const native = node.length === 0 ? pids : node;
    const [before, cpuMs, nativeMs] = [
      await rows(),
      await cpuTimeMs(pids),
      await cpuTimeMs(native),
    ];
    await sleep(windowMs);
    const after = await rows();
    const counted = 1000 * (totalOf(after) - totalOf(before));
    return {
      tuples: perSecond(before, after),
      perCpuSecond: counted / ((await cpuTimeMs(pids)) - cpuMs),
      perNodeCpuSecond: counted / ((await cpuTimeMs(native)) - nativeMs),
    };
  });
}
