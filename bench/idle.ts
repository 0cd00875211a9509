import { setTimeout as sleep } from 'node:timers/promises';
import { jars, waitFor } from '../conformance-tests/harness/index.ts';
import type { Cluster } from './cluster.ts';
import { type Comparison, interleaved, outcomesOf } from './outcome.ts';
import { cpuTimeMs, residentMegabytes } from './proc.ts';

const topologyName = 'idle';
const settleMs = 20_000;
const startMs = 60_000;

interface IdleCost {
  readonly cpuPercent: number;
  readonly megabytes: number;
}

/** What the daemons cost (not the workers) while one topology waits for input. */
export const idle: Comparison = {
  name: 'idle',
  about: 'processor time and memory of the daemons while a topology waits for input',
  minutes: { quick: 2, full: 6 },
  peers: ['0.10.2'],
  async run(sides, quick) {
    const windowMs = quick ? 10_000 : 30_000;
    const samples = await interleaved(sides, quick ? 1 : 3, (cluster) =>
      idleCost(cluster, windowMs),
    );
    const config = { windowMs, theirs: 'nimbus, supervisor and ZooKeeper' };
    return [
      ...outcomesOf(samples, {
        name: 'idle-cpu',
        unit: '% of a core',
        better: 'less',
        config,
        of: ({ cpuPercent }) => cpuPercent,
      }),
      ...outcomesOf(samples, {
        name: 'idle-memory',
        unit: 'MB resident',
        better: 'less',
        config,
        of: ({ megabytes }) => megabytes,
      }),
    ];
  },
};

async function idleCost(cluster: Cluster, windowMs: number): Promise<IdleCost> {
  await cluster.submit(jars.acme, 'acme.bench.Idle', topologyName);
  await waitFor('a worker', startMs, async () => (await cluster.workerPids()).length > 0);
  await sleep(settleMs);
  const cost = await costOver(await cluster.daemonPids(), windowMs);
  await cluster.killAndWait(topologyName);
  return cost;
}

async function costOver(pids: readonly number[], windowMs: number): Promise<IdleCost> {
  const before = await cpuTimeMs(pids);
  const startMs = performance.now();
  await sleep(windowMs);
  const cpuMs = (await cpuTimeMs(pids)) - before;
  const cpuPercent = (100 * cpuMs) / (performance.now() - startMs);
  return { cpuPercent, megabytes: await residentMegabytes(pids) };
}
