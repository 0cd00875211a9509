import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot, surroundings } from '../harness/index.ts';
import { deliveries } from './deliveries.ts';
import { drpc } from './drpc.ts';
import { stopAll } from './instances.ts';
import { kafka } from './kafka.ts';
import { ledgers } from './ledgers.ts';
import { mains } from './mains.ts';
import { multilang } from './multilang.ts';
import type { Outcome, Suite } from './suite.ts';
import { trident } from './trident.ts';

const suites: ReadonlyMap<string, Suite> = new Map([
  ['deliveries', deliveries],
  ['ledgers', ledgers],
  ['trident', trident],
  ['mains', mains],
  ['drpc', drpc],
  ['kafka', kafka],
  ['multilang', multilang],
]);
const defaultMinutes = 30;

/**
 * `npm run soak [-- --minutes N --seed N --only NAME,...]`: everything that npm test looks at
 * briefly, at full size. Ends with 1 when any promise was broken.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: String(defaultMinutes) },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      only: { type: 'string', default: [...suites.keys()].join() },
    },
  });
  const minutes = amount('minutes', values.minutes);
  const seed = amount('seed', values.seed);
  stopAtSignals();
  const outcomes: Record<string, Outcome> = {};
  for (const name of values.only.split(',')) {
    say(`${name}: seed ${seed}`);
    outcomes[name] = await suiteOf(name)({ seed, minutes, say });
  }
  await writeResult({ seed, minutes, outcomes });
  const violations = Object.values(outcomes).flatMap((outcome) => outcome.violations);
  for (const violation of violations) say(violation);
  say(
    `soak ${violations.length === 0 ? 'passed' : 'FAILED'}: seed=${seed} ${values.only} violations=${violations.length}`,
  );
  process.exitCode = violations.length === 0 ? 0 : 1;
}

function stopAtSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stopAll().finally(() => process.exit(130)));
  }
}

function suiteOf(name: string): Suite {
  const suite = suites.get(name);
  if (suite !== undefined) return suite;
  throw new Error(`no part of the soak is called ${name}; there are ${[...suites.keys()].join()}`);
}

function amount(name: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new Error(`--${name} takes a number, not ${text}`);
}

async function writeResult(result: object): Promise<void> {
  const folder = join(projectRoot, 'conformance-tests/soak/results');
  await mkdir(folder, { recursive: true });
  const facts = await surroundings();
  const file = join(folder, `${facts.date.slice(0, 19).replaceAll(':', '')}.json`);
  await writeFile(file, `${JSON.stringify({ ...facts, ...result }, null, 2)}\n`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
