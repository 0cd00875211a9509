import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jars, projectRoot } from '../conformance-tests/harness/index.ts';
import { probeMain, readNotes } from '../conformance-tests/probes/index.ts';
import { releaseOf } from './peers/releases.ts';
import { bringStorm } from './peers/storm-files.ts';
import { StormPeer } from './peers/storm-peer.ts';
import { recordGroupings, sha256Of } from './record-groupings.ts';
import { recordMains } from './record-mains.ts';

const version = '0.10.2';
const slots = 12;
const cache = process.env['PEERS_HOME'] ?? join(projectRoot, '.peers');
const golden = join(projectRoot, 'conformance-tests/golden', `storm-${version}`);

/** On a busy machine a worker that is only slow is not to be taken for dead and started elsewhere. */
const settings = {
  'nimbus.task.launch.secs': 600,
  'nimbus.task.timeout.secs': 300,
  // but one that was killed before it ran is missed by nobody before this time
  'supervisor.worker.start.timeout.secs': 60,
  'supervisor.worker.timeout.secs': 300,
  'supervisor.slots.ports': Array.from({ length: slots }, (_, index) => 6700 + index),
};

/** Recorded without a cluster: what Storm's classes choose, and what its LocalCluster runs. */
const groupings = 'groupings';
const mains = 'mains';

/**
 * `npm run record [-- NAME... | mains MAIN...]`: runs the probes on real Storm and keeps what they
 * noted as golden files; the groupings' vectors and what mains print that only know LocalCluster too.
 */
async function main(): Promise<void> {
  const names = process.argv.slice(2);
  if (names[0] === mains) return await recordLocalMains(names.slice(1));
  if (names.length === 0 || names.includes(groupings)) await recordGroupings();
  if (names.length === 0) await recordLocalMains([]);
  const probes = names.filter((name) => name !== groupings);
  if (names.length === 0 || probes.length > 0) await recordProbes(probes);
}

async function recordLocalMains(names: readonly string[]): Promise<void> {
  await bringStorm(releaseOf(version), join(cache, version));
  await recordMains(join(cache, version, 'lib'), await headOf(join(cache, version)), names);
}

async function recordProbes(names: readonly string[]): Promise<void> {
  const clientClassPath = join(projectRoot, 'build/storm-0.9/lib/*');
  const directory = await mkdtemp(join(tmpdir(), 'gearstorm-record-'));
  const peer = await StormPeer.prepare({ version, cache, clientClassPath, settings });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void peer.stop().finally(() => process.exit(130)));
  }
  try {
    await peer.start();
    await peer.drpcPort(); // starts the daemon that probes ask
    await peer.submit(jars.acme, probeMain, directory, String(slots), '', ...names);
    await writeGolden(directory, await headOf(join(cache, version)));
  } finally {
    await peer.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function writeGolden(directory: string, head: string): Promise<void> {
  await mkdir(golden, { recursive: true });
  for (const [name, lines] of await readNotes(directory)) {
    await writeFile(join(golden, `${name}.tsv`), `${head}${lines.join('\n')}\n`);
    process.stdout.write(`${name}: ${lines.length} lines\n`);
  }
}

/** Says of which Storm the lines are, and how to get them again. */
async function headOf(stormHome: string): Promise<string> {
  const jar = `storm-core-${version}.jar`;
  return [
    `# Apache Storm ${version}`,
    `# ${jar} sha256 ${await sha256Of(join(stormHome, 'lib', jar))}`,
    '# recorded by: npm run record',
    '',
  ].join('\n');
}

await main();
