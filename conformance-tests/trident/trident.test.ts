// Goal: Trident of Storm 0.9 and 0.10 runs unmodified on our workers, and what it counts is exact.
// Method: the mains of storm-starter that submit; then a topology whose states are files, of opaque
// and of transactional sources, while its workers are killed at seeded times.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { SeededRandom } from '../failure/seeded-random.ts';
import {
  type CommandResult,
  Gearstorm,
  jars,
  mustRun,
  projectRoot,
  waitFor,
} from '../harness/index.ts';
import { killAWorker } from './kill-a-worker.ts';
import { SumNumbers } from './sum-numbers.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const numbers = 1_200;
const kills = 3;
const partitionsOfBatches = 3;
const batchNumbers = 600;
const countedMs = 90_000;

let gearstorm: Gearstorm;

beforeAll(async () => {
  gearstorm = await Gearstorm.start({ config: { 'gearstorm.zookeeper.port': 0 } });
});

afterEach(async () => {
  for (const { name } of await gearstorm.list()) await gearstorm.killAndWait(name);
});

afterAll(() => gearstorm.stop());

/** What the topology answers, one tuple of one number. */
async function ask(name: string, argument: string): Promise<number | null> {
  const answer = await fetch(`${gearstorm.drpcUrl}/${name}/${encodeURIComponent(argument)}`);
  const [, number] = /^\[\[(\d+)\]\]$/.exec(await answer.text()) ?? [];
  return number === undefined ? null : Number(number);
}

/** The sum of the counts of words; 0 while nothing was counted. */
async function countOf(words: string): Promise<number> {
  return (await ask('words', words)) ?? 0;
}

/** TridentReach over several workers: its own main knows LocalCluster only. */
async function submitReach(workers: number): Promise<void> {
  const classPath = `${join(projectRoot, 'build/storm-0.9/lib/*')}:${jars.starter}`;
  const options = `nimbus.host=127.0.0.1,nimbus.thrift.port=${gearstorm.nimbusPort}`;
  const properties = [`-Dstorm.jar=${jars.starter}`, `-Dstorm.options=${options}`];
  const program = join(import.meta.dirname, 'SubmitReach.java');
  await mustRun('java', [...properties, '-cp', classPath, program, 'reach', String(workers)]);
}

// clause: trident-queries
it('runs TridentWordCount, which answers DRPC queries of its state while it counts', async () => {
  await gearstorm.submit(jars.starter, 'storm.starter.trident.TridentWordCount', 'trident-words');
  const first = await waitFor('a count', countedMs, () => countOf('cat the dog jumped'));
  const later = await waitFor('a higher count', countedMs, async () => {
    const count = await countOf('cat the dog jumped');
    return count > first && count;
  });
  expect(later).toBeGreaterThan(first);
  expect(await countOf('unheard')).toBe(0);
});

// clause: trident-queries
it('runs TridentReach over several workers, whose answers are exact', async () => {
  await submitReach(3);
  const pages = ['foo.com/blog/1', 'engineering.twitter.com/blog/5', 'tech.backtype.com/blog/123'];
  const all = [...pages, 'notaurl.com'];
  expect(await Promise.all(all.map((page) => ask('reach', page)))).toEqual([16, 14, 7, 0]);
});

// clause: trident-exact
it.each(['0.9.7', '0.10.2'])('counts everything once on Storm %s', async (version) => {
  const summing = await SumNumbers.start(gearstorm, {
    name: `calm-${version.replaceAll('.', '-')}`,
    numbers: 300,
    options: ['-c', `gearstorm.storm.version=${version}`],
  });
  await untilCounted(summing);
  await expectExact(summing);
});

// clause: trident-exact, transactional-place
it('counts everything once though its workers are killed', async () => {
  const random = new SeededRandom(20_260);
  const summing = await SumNumbers.start(gearstorm, { name: 'killed', numbers });
  for (let kill = 0; kill < kills; kill++) {
    await progress(summing);
    await sleep(random.between(0, 500));
    await summing.killAWorker(random);
  }
  await untilCounted(summing);
  await expectExact(summing);
});

// clause: transactional-order, transactional-place
it.each([
  ['fixed', '/transactional'],
  ['opaque', '/several/levels'],
])(
  'commits each batch of a transactional topology of a source of %s batches once, in order, though workers are killed',
  async (kind, root) => {
    const name = `ledger-${kind}`;
    const file = join(gearstorm.directory, `${name}.tsv`);
    const main = 'acme.transactional.SumBatches';
    const place = ['-c', `transactional.zookeeper.root=${root}`];
    await gearstorm.submit(jars.acme, main, name, file, String(batchNumbers), kind, ...place);
    const sum = async () =>
      Number((await readFile(file, 'utf8').catch(() => '0\t0')).split('\t')[1]);
    const all = (partitionsOfBatches * batchNumbers * (batchNumbers + 1)) / 2;
    await waitFor('a committed batch', countedMs, async () => (await sum()) > 0);
    await killAWorker(gearstorm, name, new SeededRandom(11));
    await waitFor('everything to be committed', countedMs, async () => (await sum()) >= all);
    expect(await sum()).toBe(all);
    const path = `${root}/${name}`;
    expect(await state('list')).toContain(`${path} `);
    const listed: unknown = JSON.parse(await state('list', '--json'));
    expect(listed).toContainEqual(expect.objectContaining({ path, nodes: expect.any(Number) }));
    const refusal = await runState('clear', '--yes', path);
    expect(refusal.exitCode).toBe(1);
    expect(refusal.stderr).toContain(`${name} is alive and numbers its batches at ${path}`);
    await gearstorm.killAndWait(name);
    await state('clear', '--yes', path);
    expect(await state('list')).not.toContain(`${path} `);
  },
);

/** What `gearstorm state` prints for this serve. */
async function state(...words: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runState(...words);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  return stdout;
}

function runState(...words: readonly string[]): Promise<CommandResult> {
  return gearstorm.run('state', ...words, '-c', `storm.local.dir=${gearstorm.localDirectory}`);
}

async function expectExact(summing: SumNumbers): Promise<void> {
  expect(await summing.sums('opaque')).toEqual(summing.expected(1));
  expect(await summing.sums('transactional')).toEqual(summing.expected(13));
}

/** Waits for some more, so that a kill comes in the midst of it, or for the end. */
async function progress(summing: SumNumbers): Promise<void> {
  const before = await summing.total();
  await waitFor('more to be counted', countedMs, async () => {
    const now = await summing.total();
    return now > before || now >= summing.expectedTotal;
  });
}

/** What is counted twice would make it too much, so more than expected ends the wait too. */
async function untilCounted(summing: SumNumbers): Promise<void> {
  await waitFor('everything to be counted', countedMs, async () => {
    return (await summing.total()) >= summing.expectedTotal;
  });
}
