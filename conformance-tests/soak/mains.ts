import { isDeepStrictEqual } from 'node:util';
import { libraries } from '../local/local-run.ts';
import { comparedMains, goldenLines, runMain } from '../local/mains.ts';
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
