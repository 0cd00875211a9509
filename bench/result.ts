import { writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { mustRun, projectRoot, runCommand } from '../conformance-tests/harness/index.ts';
import type { Outcome } from './outcome.ts';

/** The line by which a comparison is quoted; a ratio above 1 says that ours is better. */
export function lineOf(outcome: Outcome): string {
  const ours = median(outcome.ours);
  const theirs = median(outcome.theirs);
  const ratio = outcome.better === 'less' ? theirs / ours : ours / theirs;
  return `${outcome.name} ours=${shown(ours)} peer=${outcome.peer} theirs=${shown(theirs)} ratio=${shown(ratio)}`;
}

/** Writes the samples with all that is needed to judge them. */
export async function writeResult(directory: string, outcome: Outcome): Promise<void> {
  const { peer, ...quantity } = outcome;
  const result = {
    ...quantity,
    line: lineOf(outcome),
    commit: await commit(),
    date: new Date().toISOString(),
    machine: {
      processor: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryMegabytes: Math.round(totalmem() / 1024 / 1024),
      kernel: release(),
    },
    versions: { node: process.version, java: await javaVersion(), storm: peer },
  };
  const file = join(directory, `${outcome.name}-${peer}.json`);
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
}

/** @throws Error for no samples */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new Error('no samples');
  return (lower + upper) / 2;
}

/** Three digits are more than any of these measurements is worth. */
function shown(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** What the bench itself writes is no change of what is measured. */
async function commit(): Promise<string> {
  const here = { directory: projectRoot };
  const written = ['bench/results', 'docs/benchmarks', 'docs/benchmarks.md'];
  const head = (await mustRun('git', ['rev-parse', '--short', 'HEAD'], here)).trim();
  const paths = ['--', '.', ...written.map((path) => `:!${path}`)];
  const words = ['status', '--porcelain', '--untracked-files=no', ...paths];
  return (await mustRun('git', words, here)) === '' ? head : `${head} with changes`;
}

async function javaVersion(): Promise<string> {
  const { stderr } = await runCommand('java', ['-version']);
  return /"([^"]+)"/.exec(stderr)?.[1] ?? 'unknown';
}
