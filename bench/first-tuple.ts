import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jars, mustRun, waitFor } from '../conformance-tests/harness/index.ts';
import type { Cluster } from './cluster.ts';
import { type Comparison, interleaved, outcomesOf } from './outcome.ts';

const roundsDefault = 5;
const topologyName = 'first-tuple';
const timeoutMs = 120_000;

/** From the client's call of submitTopology to the first tuple that a bolt gets. */
export const firstTuple: Comparison = {
  name: 'first-tuple',
  about: 'from the submission of ExclamationTopology to its first tuple',
  minutes: { quick: 2, full: 4 },
  peers: ['0.10.2'],
  async run(sides, quick) {
    const directory = await mkdtemp(join(tmpdir(), 'gearstorm-bench-'));
    try {
      const jar = await starterWithStamps(directory);
      const measure = (cluster: Cluster) => firstTupleMs(cluster, jar, directory);
      await interleaved(sides, 1, measure); // the first submission finds cold caches on both sides
      const rounds = quick ? 2 : roundsDefault;
      const samples = await interleaved(sides, rounds, measure);
      const config = { topology: 'ExclamationTopology of storm-starter 0.9.4', workers: 3, rounds };
      const quantity = { name: 'first-tuple', unit: 'ms', better: 'less', config } as const;
      return outcomesOf(samples, { ...quantity, of: (ms) => ms });
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
};

/** The starter's jar with the main that submits the same topology in a wrapping that stamps. */
async function starterWithStamps(directory: string): Promise<string> {
  const jar = join(directory, 'first-tuple.jar');
  await copyFile(jars.starter, jar);
  await mustRun('jar', ['xf', jars.acme], { directory });
  await mustRun('jar', ['uf', jar, '-C', directory, 'acme']);
  return jar;
}

async function firstTupleMs(cluster: Cluster, jar: string, directory: string): Promise<number> {
  const ledger = join(directory, 'ledger.tsv');
  await writeFile(ledger, '');
  await cluster.submit(jar, 'acme.bench.FirstTuple', topologyName, ledger);
  const firstMs = await waitFor('the first tuple', timeoutMs, () => stampMs(ledger, 'first'));
  await cluster.killAndWait(topologyName);
  const submitMs = await stampMs(ledger, 'submit');
  if (submitMs === null) throw new Error('the main did not stamp its submission');
  return firstMs - submitMs;
}

/** The time of the earliest row of the event. */
async function stampMs(ledger: string, event: string): Promise<number | null> {
  const rows = (await readFile(ledger, 'utf8')).split('\n').map((row) => row.split('\t'));
  const stamps = rows.filter((cells) => cells[2] === event).map((cells) => Number(cells[3]));
  return stamps.length === 0 ? null : Math.min(...stamps);
}
