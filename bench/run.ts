import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../conformance-tests/harness/index.ts';
import type { Cluster, Comparison, Sides } from './cluster.ts';
import { firstTuple } from './first-tuple.ts';
import { GearstormCluster } from './gearstorm-cluster.ts';
import { idle } from './idle.ts';
import { peerVersion, StormPeer } from './peers/storm-peer.ts';
import { lineOf, writeResult } from './result.ts';
import { upload } from './upload.ts';

const comparisons: readonly Comparison[] = [firstTuple, upload, idle];

const started: Cluster[] = [];

/** `npm run bench [-- --only NAME,... --quick]`: ours beside real Storm, on this machine, now. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } },
  });
  const chosen = choose(values.only);
  stopAtSignals();
  try {
    const sides = await startSides();
    for (const comparison of chosen) await show(comparison, sides, values.quick);
  } finally {
    await stopAll();
  }
}

async function startSides(): Promise<Sides> {
  const ours = await GearstormCluster.start();
  started.push(ours);
  const { PEERS_HOME: cache = join(projectRoot, '.peers') } = process.env;
  const theirs = await StormPeer.start({ cache, clientClassPath: await ours.clientClassPath() });
  started.push(theirs);
  return { ours, theirs };
}

async function show(comparison: Comparison, sides: Sides, quick: boolean): Promise<void> {
  const results = join(projectRoot, 'bench/results');
  await mkdir(results, { recursive: true });
  for (const outcome of await comparison.run(sides, quick)) {
    // a quick run is a look, not a result to quote
    if (!quick) await writeResult(results, outcome, peerVersion);
    process.stdout.write(`${lineOf(outcome, peerVersion)}\n`);
  }
}

function stopAtSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stopAll().finally(() => process.exit(130)));
  }
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
