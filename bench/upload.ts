import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jars } from '../conformance-tests/harness/index.ts';
import type { Cluster } from './cluster.ts';
import { type Comparison, interleaved, outcomesOf, type Samples } from './outcome.ts';

const megabytes = 60;
const uploadsPerRound = 5;

/** A 60 MB file through StormSubmitter.submitJar of the 0.9.7 client, five times in one JVM. */
export const upload: Comparison = {
  name: 'upload-60mb',
  about: 'a jar of 60 MB through the 0.9.7 client',
  minutes: { quick: 1, full: 2 },
  peers: ['0.10.2'],
  async run(sides, quick) {
    const directory = await mkdtemp(join(tmpdir(), 'gearstorm-bench-'));
    try {
      const file = join(directory, 'big.jar');
      await writeFile(file, randomBytes(megabytes * 1024 * 1024));
      const rounds = quick ? 1 : 3;
      const measure = (cluster: Cluster) => uploadMs(cluster, file);
      await interleaved(sides, 1, measure); // servers of both kinds compile while they warm up
      const samples = flattened(await interleaved(sides, rounds, measure));
      const config = { megabytes, uploadsPerRound, rounds, client: 'storm-core 0.9.7' };
      const quantity = { name: 'upload-60mb', unit: 'ms', better: 'less', config } as const;
      return outcomesOf(samples, { ...quantity, of: (ms) => ms });
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
};

function flattened({ ours, peers }: Samples<readonly number[]>): Samples<number> {
  const flat = [...peers].map(([peer, times]) => [peer, times.flat()] as const);
  return { ours: ours.flat(), peers: new Map(flat) };
}

async function uploadMs(cluster: Cluster, file: string): Promise<readonly number[]> {
  const words = [file, String(uploadsPerRound)];
  const output = await cluster.runClient(jars.acme, 'acme.bench.Upload', ...words);
  const times = [...output.matchAll(/^upload-ms (\d+)$/gm)].map((match) => Number(match[1]));
  if (times.length !== uploadsPerRound) throw new Error(`no times in:\n${output}`);
  return times;
}
