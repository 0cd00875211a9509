import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { SeededRandom } from '../failure/seeded-random.ts';
import { waitFor } from '../harness/index.ts';
import { SumNumbers } from '../trident/sum-numbers.ts';
import { withGearstorm } from './instances.ts';
import type { Outcome, SoakOptions } from './suite.ts';

const roundNumbers = 4_000;
const doneMs = 10 * 60_000;
const pauseMsMax = 5_000;
/** By how many remainders each state of the topology parts the numbers. */
const remaindersOf = { opaque: 1, transactional: 13 } as const;

/** Trident's states against what they have to hold, while workers are killed at seeded times. */
export async function trident({ seed, minutes, say }: SoakOptions): Promise<Outcome> {
  const random = new SeededRandom(seed);
  const endMs = performance.now() + minutes * 60_000;
  const violations: string[] = [];
  let rounds = 0;
  let kills = 0;
  await withGearstorm({ config: { 'gearstorm.zookeeper.port': 0 } }, async (gearstorm) => {
    do {
      rounds += 1;
      const name = `round-${rounds}`;
      const summing = await SumNumbers.start(gearstorm, { name, numbers: roundNumbers });
      kills += await killUntilDone(summing, random);
      violations.push(...(await problems(summing)).map((each) => `${name}: ${each}`));
      await gearstorm.killAndWait(name);
      say(`trident: rounds=${rounds} kills=${kills} broken=${violations.length}`);
    } while (performance.now() < endMs);
  });
  return { violations, facts: { rounds, kills, numbers: 6 * roundNumbers * rounds } };
}

/** Kills a worker whenever something was added, and returns how many it were. */
async function killUntilDone(summing: SumNumbers, random: SeededRandom): Promise<number> {
  for (let kills = 0; ; kills++) {
    const before = await summing.total();
    const now = await waitFor('more to be added', doneMs, async () => {
      const total = await summing.total();
      return (total > before || total >= summing.expectedTotal) && total;
    });
    if (now >= summing.expectedTotal) return kills;
    await sleep(random.between(0, pauseMsMax));
    await summing.killAWorker(random);
  }
}

async function problems(summing: SumNumbers): Promise<readonly string[]> {
  const found: string[] = [];
  for (const state of ['opaque', 'transactional'] as const) {
    const sums = await summing.sums(state);
    if (isDeepStrictEqual(sums, summing.expected(remaindersOf[state]))) continue;
    found.push(`the ${state} state holds ${JSON.stringify(sums)}`);
  }
  return found;
}
