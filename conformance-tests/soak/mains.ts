import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { java } from '../local/local-run.ts';
import { type ComparedMain, comparedMains, goldenMains, linesOf } from '../local/mains.ts';
import type { Outcome, SoakOptions } from './suite.ts';

/** Mains that know LocalCluster only print what they print on real Storm 0.10.2. */
export async function mains({ say }: SoakOptions): Promise<Outcome> {
  const violations: string[] = [];
  const lines: Record<string, number> = {};
  for (const main of comparedMains) {
    const golden = await goldenLines(main);
    const ours = await ourLines(main);
    lines[main.name] = ours.length;
    if (!isDeepStrictEqual(ours, golden)) {
      violations.push(`${main.name} prints ${ours.join(' | ')}, not ${golden.join(' | ')}`);
    }
    say(`mains: ${main.name} lines=${ours.length} broken=${violations.length}`);
  }
  return { violations, facts: { lines } };
}

async function goldenLines({ name }: ComparedMain): Promise<readonly string[]> {
  const text = await readFile(join(goldenMains, `${name}.txt`), 'utf8');
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

async function ourLines(main: ComparedMain): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gearstorm-mains-'));
  const { stdout } = await java(folder, '0.10', main.jars, ...main.words);
  await rm(folder, { recursive: true, force: true });
  return linesOf(main, stdout);
}
