import { libraries } from '../../multilang/libraries.fixture.ts';
import { problemsOf } from '../../multilang/library-run.fixture.ts';
import type { Outcome, SoakOptions } from './suite.ts';

/** Storm's own timeout of a subprocess, and most of it. */
const timeoutSecs = 30;
const trial = { numbers: 60, busySecs: 20, triesSpout: true };

/** Components of every library are busy for long, a bolt ends and a spout is killed. */
export async function multilang({ minutes, say }: SoakOptions): Promise<Outcome> {
  const endMs = performance.now() + minutes * 60_000;
  const violations: string[] = [];
  let rounds = 0;
  do {
    rounds += 1;
    await Promise.all(
      libraries.map(async (library) => {
        const problems = await problemsOf(library, trial, timeoutSecs).catch(sentenceOf);
        violations.push(...problems.map((problem) => `${library.name}: ${problem}`));
      }),
    );
    say(`multilang: rounds=${rounds} broken=${violations.length}`);
  } while (performance.now() < endMs);
  const names = libraries.map(({ name }) => name);
  return { violations, facts: { rounds, timeoutSecs, ...trial, libraries: names } };
}

function sentenceOf(error: unknown): readonly string[] {
  return [error instanceof Error ? error.message : String(error)];
}
