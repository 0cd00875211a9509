import { setTimeout as sleep } from 'node:timers/promises';
import { jars, waitFor } from '../conformance-tests/harness/index.ts';
import type { Cluster, Comparison, Outcome } from './cluster.ts';
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
  peers: ['0.10.2'],
  async run(sides, quick) {
    const windowMs = quick ? 10_000 : 30_000;
    const clusters = [sides.ours, sides.theirs];
    for (const cluster of clusters) {
      await cluster.submit(jars.acme, 'acme.bench.Idle', topologyName);
      await waitFor('a worker', startMs, async () => (await cluster.workerPids()).length > 0);
    }
    await sleep(settleMs);
    const [ours, theirs] = await Promise.all(
      clusters.map((cluster) => idleCost(cluster, windowMs)),
    );
    for (const cluster of clusters) await cluster.killAndWait(topologyName);
    if (ours === undefined || theirs === undefined) throw new Error('a side was not measured');
    return outcomes(ours, theirs, windowMs);
  },
};

async function idleCost(cluster: Cluster, windowMs: number): Promise<IdleCost> {
  const pids = await cluster.daemonPids();
  const before = await cpuTimeMs(pids);
  const startMs = performance.now();
  await sleep(windowMs);
  const cpuMs = (await cpuTimeMs(pids)) - before;
  const cpuPercent = (100 * cpuMs) / (performance.now() - startMs);
  return { cpuPercent, megabytes: await residentMegabytes(pids) };
}

function outcomes(ours: IdleCost, theirs: IdleCost, windowMs: number): readonly Outcome[] {
  const config = { windowMs, theirs: 'nimbus, supervisor and ZooKeeper' };
  return [
    {
      name: 'idle-cpu',
      unit: '% of a core',
      better: 'less',
      ours: [ours.cpuPercent],
      theirs: [theirs.cpuPercent],
      config,
    },
    {
      name: 'idle-memory',
      unit: 'MB resident',
      better: 'less',
      ours: [ours.megabytes],
      theirs: [theirs.megabytes],
      config,
    },
  ];
}
