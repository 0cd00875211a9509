// Goal: whatever dies, nothing is lost and nothing is acked that was not delivered everywhere.
// Method: acme.delivery under load, its workers and serve hurt at seeded moments; the judge knows
// the rows of sources and sinks only. `npm run soak` does the same for longer.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Gearstorm, isRunning, jars, waitFor } from '../harness/index.ts';
import { Delivery } from './delivery.ts';
import { SeededRandom } from './seeded-random.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const endMs = 60_000;
const silenceSecs = 9;
const words = ['timeout=2', 'rate=300'];
const random = new SeededRandom(20);
let gearstorm: Gearstorm;

beforeAll(async () => {
  gearstorm = await Gearstorm.start({ config: { 'supervisor.worker.timeout.secs': silenceSecs } });
});

afterAll(() => gearstorm.stop());

it('loses nothing when workers are killed under load, one twice within a second', async () => {
  const delivery = await Delivery.start(gearstorm, { name: 'killed', words });
  const first = await killOne(delivery);
  await delivery.untilReplaced(first);
  const second = delivery.judge.openings.at(-1)?.pid ?? 0;
  process.kill(second, 'SIGKILL');
  await delivery.untilReplaced(second);
  await judgeAndEnd(delivery);
});

it('loses nothing when serve and a worker are killed at once', async () => {
  const delivery = await Delivery.start(gearstorm, { name: 'both', words });
  const workers = await delivery.workers();
  await Promise.all([gearstorm.crash(), killOne(delivery)]);
  await gearstorm.serve();
  await waitFor('the killed worker to be replaced', endMs, async () => {
    return (await delivery.workers()).length === workers.length;
  });
  const kept = (await delivery.workers()).filter((pid) => workers.includes(pid));
  expect(kept).toHaveLength(workers.length - 1);
  await judgeAndEnd(delivery);
});

it('loses nothing when a worker sleeps through its timeouts, and replaces one that sleeps on', async () => {
  const delivery = await Delivery.start(gearstorm, { name: 'asleep', words });
  const sleeper = await delivery.aWorker(random);
  process.kill(sleeper, 'SIGSTOP');
  await sleep(4_500); // longer than any letter may take
  process.kill(sleeper, 'SIGCONT');
  await delivery.progress();
  expect(await delivery.workers()).toContain(sleeper);
  process.kill(sleeper, 'SIGSTOP');
  await delivery.untilReplaced(sleeper);
  expect(await isRunning(sleeper)).toBe(false);
  await judgeAndEnd(delivery);
});

it('loses nothing when workers are killed while the topology is inactive or rebalanced', async () => {
  const delivery = await Delivery.start(gearstorm, { name: 'moved', words });
  await gearstorm.command('deactivate', 'moved');
  const first = await killOne(delivery);
  await gearstorm.command('activate', 'moved');
  await delivery.untilReplaced(first);
  await gearstorm.command('rebalance', 'moved', '-w', '1', '-n', '2', '-e', 'sort=1');
  await killOne(delivery);
  await untilActive();
  await delivery.progress();
  expect(await delivery.workers()).toHaveLength(2);
  await judgeAndEnd(delivery);
});

it('ends a topology whose worker and serve are killed in its wait', async () => {
  const delivery = await Delivery.start(gearstorm, { name: 'ending', words });
  await gearstorm.command('kill', 'ending', '-w', '4');
  await Promise.all([killOne(delivery), gearstorm.crash()]);
  await gearstorm.serve();
  await untilNothingRuns();
  await delivery.look();
  expect(delivery.judge.problems).toEqual([]);
});

it('restarts a worker that ends itself ever more slowly, tells why, and leaves others alone', async () => {
  const file = join(gearstorm.directory, 'exiting.tsv');
  await writeFile(file, '');
  const delivery = await Delivery.start(gearstorm, {
    name: 'other',
    words: [...words, 'workers=1'],
  });
  await gearstorm.submit(jars.acme, 'acme.tools.Exiting', 'exiting', file);
  const pids = async (component: string) => {
    const rows = (await readFile(file, 'utf8')).split('\n').map((row) => row.split('\t'));
    return new Set(rows.filter(([name]) => name === component).map(([, pid]) => pid));
  };
  await waitFor('three lives', endMs, async () => (await pids('exiting')).size >= 3);
  await waitFor('a pause before the next life', endMs, async () => {
    const shown = await gearstorm.shownWorkers('exiting');
    return shown.some(({ state, restarts }) => state === 'backing-off' && restarts >= 3);
  });
  const reasons = (await gearstorm.shownWorkers('exiting')).map(({ lastExit }) => lastExit);
  expect(reasons).toContain('exit code 7');
  expect((await pids('steady')).size).toBe(1);
  await gearstorm.killAndWait('exiting');
  expect(new Set(delivery.judge.openings.map(({ pid }) => pid)).size).toBe(1);
  await judgeAndEnd(delivery);
});

it('sees through a sink that acks before it writes', async () => {
  const delivery = await Delivery.start(gearstorm, {
    name: 'liar',
    words: [...words, 'dishonest=1'],
  });
  expect(delivery.judge.problems[0]).toMatch(/acked before it was at (left|right)/);
  await gearstorm.killAndWait('liar');
});

/** Kills a random worker that runs now. */
async function killOne(delivery: Delivery): Promise<number> {
  const pid = await delivery.aWorker(random);
  process.kill(pid, 'SIGKILL');
  return pid;
}

async function untilActive(): Promise<void> {
  await waitFor('it to be active', endMs, async () => {
    return (await gearstorm.list())[0]?.status === 'ACTIVE';
  });
}

async function untilNothingRuns(): Promise<void> {
  await waitFor('the end of all workers', endMs, async () => {
    return (await gearstorm.otherProcesses()).length === 0 && (await gearstorm.list()).length === 0;
  });
}

async function judgeAndEnd(delivery: Delivery): Promise<void> {
  await delivery.progress();
  await delivery.finish();
  expect(delivery.judge.problems).toEqual([]);
  await gearstorm.killAndWait(delivery.name);
  await untilNothingRuns();
}
