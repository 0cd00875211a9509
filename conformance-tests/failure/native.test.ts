// Goal: a topology in TypeScript keeps the promises that one in Java keeps: whatever dies, nothing
// is lost and nothing is acked that was not delivered everywhere. Method: as in failure.test.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Gearstorm, waitFor } from '../harness/index.ts';
import { Delivery } from './delivery.ts';
import { SeededRandom } from './seeded-random.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const endMs = 60_000;
const words = ['timeout=2', 'rate=300', 'workers=2'];
const random = new SeededRandom(21);
let gearstorm: Gearstorm;

beforeAll(async () => {
  gearstorm = await Gearstorm.start();
});

afterAll(() => gearstorm.stop());

it('loses nothing when its workers are killed under load, one twice within a second', async () => {
  const delivery = await start('killed');
  const first = await killOne(delivery);
  await delivery.untilReplaced(first);
  const second = delivery.judge.openings.at(-1)?.pid ?? 0;
  process.kill(second, 'SIGKILL');
  await delivery.untilReplaced(second);
  await judgeAndEnd(delivery);
});

it('loses nothing when serve and a worker are killed at once, and goes on with the other', async () => {
  const delivery = await start('both');
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

it('loses nothing when a worker sleeps through its timeouts', async () => {
  const delivery = await start('asleep');
  const sleeper = await delivery.aWorker(random);
  process.kill(sleeper, 'SIGSTOP');
  await sleep(4_500); // longer than any letter may take
  process.kill(sleeper, 'SIGCONT');
  await delivery.progress();
  expect(await delivery.workers()).toContain(sleeper);
  await judgeAndEnd(delivery);
});

it('loses nothing when a worker is killed while it is rebalanced to one', async () => {
  const delivery = await start('moved');
  await gearstorm.command('rebalance', 'moved', '-w', '1', '-n', '1', '-e', 'sort=1');
  await killOne(delivery);
  await waitFor('it to be active', endMs, async () => {
    return (await gearstorm.list())[0]?.status === 'ACTIVE';
  });
  await delivery.progress();
  expect(await delivery.workers()).toHaveLength(1);
  await judgeAndEnd(delivery);
});

function start(name: string): Promise<Delivery> {
  return Delivery.start(gearstorm, { name, words, kind: 'native' });
}

/** Kills a random worker that runs now. */
async function killOne(delivery: Delivery): Promise<number> {
  const pid = await delivery.aWorker(random);
  process.kill(pid, 'SIGKILL');
  return pid;
}

async function judgeAndEnd(delivery: Delivery): Promise<void> {
  await delivery.progress();
  await delivery.finish();
  expect(delivery.judge.problems).toEqual([]);
  await gearstorm.killAndWait(delivery.name);
  await waitFor('the end of all workers', endMs, async () => {
    return (await gearstorm.otherProcesses()).length === 0;
  });
}
