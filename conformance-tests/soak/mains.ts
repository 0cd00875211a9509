import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { libraries } from '../local/local-run.ts';
import { type ComparedMain, comparedMains, goldenMains, runMain } from '../local/mains.ts';
import type { Outcome, SoakOptions } from './suite.ts';

/** Mains that know LocalCluster only print what they print on real Storm 0.10.2. */
export async function mains({ say }: SoakOptions): Promise<Outcome> {
  const violations: string[] = [];
  const lines: Record<string, number> = {};
  for (const main of comparedMains) {
    const golden = await goldenLines(main);
    if (golden === null) {
      say(`mains: ${main.name} was not recorded: npm run record -- mains ${main.name}`);
      continue;
    }
    const { lines: ours } = await runMain(main, libraries('0.10'));
    lines[main.name] = ours.length;
    if (!isDeepStrictEqual(ours, golden)) {
      violations.push(`${main.name} prints ${ours.join(' | ')}, not ${golden.join(' | ')}`);
    }
    say(`mains: ${main.name} lines=${ours.length} broken=${violations.length}`);
  }
  return { violations, facts: { lines } };
}

/** Null for a main that real Storm was not seen to finish. */
async function goldenLines({ name }: ComparedMain): Promise<readonly string[] | null> {
  const file = join(goldenMains, `${name}.txt`);
  if (!existsSync(file)) return null;
  const text = await readFile(file, 'utf8');
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}
