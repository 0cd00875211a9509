import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../conformance-tests/harness/index.ts';
import type { Cluster, Comparison, Sides } from './cluster.ts';
import { firstTuple } from './first-tuple.ts';
import { GearstormCluster } from './gearstorm-cluster.ts';
import { idle } from './idle.ts';
import { messagePassing } from './message-passing.ts';
import { StormPeer } from './peers/storm-peer.ts';
import { lineOf, writeResult } from './result.ts';
import { upload } from './upload.ts';

const comparisons: readonly Comparison[] = [firstTuple, upload, idle, ...messagePassing];

const started: Cluster[] = [];

/** `npm run bench [-- --only NAME,... --quick]`: ours beside real Storm, on this machine, now. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } },
  });
  const chosen = choose(values.only);
  stopAtSignals();
  try {
    const ours = await GearstormCluster.start();
    started.push(ours);
    for (const version of new Set(chosen.flatMap(({ peers }) => peers))) {
      const theirs = await startPeer(version, ours);
      const compared = chosen.filter(({ peers }) => peers.includes(version));
      for (const each of compared) await show(each, { ours, theirs }, version, values.quick);
      await stop(theirs);
    }
  } finally {
    await stopAll();
  }
}

async function startPeer(version: string, ours: GearstormCluster): Promise<StormPeer> {
  const { PEERS_HOME: cache = join(projectRoot, '.peers') } = process.env;
  const clientClassPath = await ours.clientClassPath();
  const peer = await StormPeer.start({ version, cache, clientClassPath });
  started.push(peer);
  return peer;
}

async function show(
  comparison: Comparison,
  sides: Sides,
  peer: string,
  quick: boolean,
): Promise<void> {
  const results = join(projectRoot, 'bench/results');
  await mkdir(results, { recursive: true });
  for (const outcome of await comparison.run(sides, quick)) {
    // a quick run is a look, not a result to quote
    if (!quick) await writeResult(results, outcome, peer);
    process.stdout.write(`${lineOf(outcome, peer)}\n`);
  }
}

function stopAtSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stopAll().finally(() => process.exit(130)));
  }
}

async function stop(cluster: Cluster): Promise<void> {
  started.splice(started.indexOf(cluster), 1);
  await cluster.stop();
}

async function stopAll(): Promise<void> {
  await Promise.all(started.splice(0).map((cluster) => cluster.stop()));
}

function choose(only: string | undefined): readonly Comparison[] {
  if (only === undefined) return comparisons;
  return only.split(',').map((name) => {
    const found = comparisons.find((comparison) => comparison.name === name);
    if (found !== undefined) return found;
    const known = comparisons.map((comparison) => comparison.name).join(', ');
    throw new Error(`no comparison is called ${name}; there are ${known}`);
  });
}

await main();
