import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Delivery } from '../failure/delivery.ts';
import { SeededRandom } from '../failure/seeded-random.ts';
import { type Gearstorm, projectRoot, waitFor } from '../harness/index.ts';
import { faults } from './faults.ts';
import { withGearstorm } from './instances.ts';
import { Recoveries } from './recoveries.ts';
import type { Outcome, SoakOptions } from './suite.ts';

const roundFaults = 8;
const pauseMsMax = 4_000;
const endMs = 60_000;

/** Rounds of a delivery under load with faults at seeded moments, until the time is over. */
export async function deliveries({ seed, minutes, say }: SoakOptions): Promise<Outcome> {
  const tally = new Tally();
  const endAtMs = performance.now() + minutes * 60_000;
  for (let round = 0; round === 0 || performance.now() < endAtMs; round++) {
    const roundSeed = seed + round;
    await deliver(roundSeed, tally);
    say(`deliveries, seed ${roundSeed}: ${tally.line}`);
  }
  return { violations: tally.violations, facts: tally.facts() };
}

/** What all rounds did. */
class Tally {
  readonly seeds: number[] = [];
  readonly faults = new Map<string, number>();
  readonly recoveries = new Recoveries();
  readonly violations: string[] = [];
  #acked = 0;
  #failed = 0;
  #lost = 0;
  #problems = 0;

  add({ judge }: Delivery, seed: number): void {
    this.#acked += judge.acks;
    this.#failed += judge.fails;
    this.#lost += judge.undelivered;
    this.#problems += judge.problemCount;
    this.violations.push(...judge.problems.map((problem) => `seed ${seed}: ${problem}`));
  }

  get line(): string {
    return `acked=${this.#acked} failed=${this.#failed} lost=${this.#lost} broken=${this.#problems}`;
  }

  facts(): object {
    return {
      seeds: this.seeds,
      faults: Object.fromEntries([...this.faults].sort()),
      acked: this.#acked,
      failedAndSentAgain: this.#failed,
      lost: this.#lost,
      earlyAcksAndOtherBrokenPromises: this.#problems,
      recovery: this.recoveries.summarize(),
    };
  }
}

async function deliver(seed: number, tally: Tally): Promise<void> {
  tally.seeds.push(seed);
  const name = `delivery-${seed}`;
  const config = { 'supervisor.worker.timeout.secs': 9 };
  await withGearstorm({ config }, async (gearstorm) => {
    const before = tally.violations.length;
    try {
      await hurt(gearstorm, name, { seed, tally });
    } catch (error) {
      tally.violations.push(`seed ${seed}: ${error instanceof Error ? error.message : error}`);
    }
    if (tally.violations.length > before) await keep(gearstorm, name);
  });
}

interface Round {
  readonly seed: number;
  readonly tally: Tally;
}

async function hurt(gearstorm: Gearstorm, name: string, { seed, tally }: Round): Promise<void> {
  const random = new SeededRandom(seed);
  const kind = random.pick(['java', 'native'] as const);
  const delivery = await Delivery.start(gearstorm, { name, words: optionsOf(random), kind });
  try {
    for (let i = 0; i < roundFaults; i++) {
      const [fault, apply] = random.pick(Object.entries(faults));
      tally.faults.set(fault, (tally.faults.get(fault) ?? 0) + 1);
      await apply({ gearstorm, delivery, random, recoveries: tally.recoveries });
      await sleep(random.between(0, pauseMsMax));
    }
    await delivery.finish();
    await endInItsWait(gearstorm, delivery, random);
  } finally {
    await delivery.look();
    tally.add(delivery, seed);
  }
}

function optionsOf(random: SeededRandom): readonly string[] {
  return [
    `workers=${random.between(1, 4)}`,
    `rate=${random.between(100, 1_000)}`,
    `pending=${random.pick([1, 50, 1_000, 10_000])}`,
    `timeout=${random.between(2, 4)}`,
  ];
}

/** A kill -9 in the wait of a kill changes nothing about its end. */
async function endInItsWait(
  gearstorm: Gearstorm,
  delivery: Delivery,
  random: SeededRandom,
): Promise<void> {
  await gearstorm.command('kill', delivery.name, '-w', '2');
  process.kill(await delivery.aWorker(random), 'SIGKILL');
  await waitFor('the end of all workers', endMs, async () => {
    return (await gearstorm.otherProcesses()).length === 0 && (await gearstorm.list()).length === 0;
  });
}

/** Where a violation can be looked at. */
async function keep(gearstorm: Gearstorm, name: string): Promise<void> {
  const folder = join(projectRoot, 'build/soak-failures', name);
  await rm(folder, { recursive: true, force: true });
  await cp(gearstorm.directory, folder, {
    recursive: true,
    filter: (file) => !file.endsWith('.sock'),
  });
}
