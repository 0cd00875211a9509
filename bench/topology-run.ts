import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mustRun, waitFor } from '../conformance-tests/harness/index.ts';
import type { Cluster } from './cluster.ts';
import { lastRows, type MeterRows } from './meter-file.ts';

const startTimeoutMs = 240_000;

/** A topology of `acme.bench`; its words follow the name and the file of its meter. */
export interface TopologyMain {
  readonly main: string;
  readonly words: readonly string[];
  /** Where it is; the cluster's own `acme.bench` when left out. */
  readonly jar?: string;
  /** The same topology as a program, for a cluster that runs such; it is given the file and the words. */
  readonly program?: string;
  /** Folders that hold a folder `resources`, which goes into the jar. */
  readonly resources?: readonly string[];
  /** What the program is given after the file, where that differs. */
  readonly programWords?: readonly string[];
}

export interface BenchTopology extends TopologyMain {
  /** Whether what its meters wrote shows that it works. */
  begun(rows: MeterRows): boolean;
  /** How long it runs from then on before it is measured. */
  readonly warmUpMs: number;
}

/** A topology that runs: its first rows are written. */
export interface Running {
  readonly pids: readonly number[];
  rows(): Promise<MeterRows>;
}

let runs = 0;

/** Lets `use` measure the topology. It is gone afterwards, also when something failed. */
export async function runTopology<Result>(
  cluster: Cluster,
  {
    main,
    words,
    jar: ownJar,
    program,
    programWords = words,
    resources,
    begun,
    warmUpMs,
  }: BenchTopology,
  use: (running: Running) => Promise<Result>,
): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'gearstorm-bench-'));
  const file = join(directory, 'meter.tsv');
  runs++;
  const name = `bench-${runs}`;
  try {
    if (program !== undefined && cluster.submitProgram !== undefined) {
      await cluster.submitProgram(program, name, file, ...programWords);
    } else {
      const jar = await jarWith(resources ?? [], ownJar ?? (await cluster.benchJar()), directory);
      await cluster.submit(jar, main, name, file, ...words);
    }
    const rows = () => lastRows(file);
    await waitFor('the first tuple', startTimeoutMs, async () => begun(await rows()));
    await sleep(warmUpMs);
    const result = await use({ pids: await cluster.workerPids(), rows });
    await cluster.killAndWait(name);
    return result;
  } catch (error) {
    // a submission that timed out may still have been accepted
    await cluster.killAndWait(name).catch(() => undefined);
    throw error;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function jarWith(
  resources: readonly string[],
  jar: string,
  directory: string,
): Promise<string> {
  if (resources.length === 0) return jar;
  const copy = join(directory, 'bench.jar');
  await copyFile(jar, copy);
  const folders = resources.flatMap((folder) => ['-C', folder, 'resources']);
  await mustRun('jar', ['uf', copy, ...folders]);
  return copy;
}

/**
 * The JVM options of a worker as it was really started, files by their last name only; of several
 * workers, the first's.
 */
export async function jvmOptions(pids: readonly number[]): Promise<string> {
  const [pid] = pids;
  if (pid === undefined) return 'unknown';
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
  return command
    .split('\0')
    .filter((word) => /^-(X|server|client)/.test(word))
    .map((word) => word.replace(/=\/.*\//, '='))
    .join(' ');
}
