import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from '../failure/delivery.ts';
import type { SeededRandom } from '../failure/seeded-random.ts';
import { type Gearstorm, isRunning, waitFor } from '../harness/index.ts';
import type { Recoveries } from './recoveries.ts';

/** What a fault has to do with. */
export interface Scene {
  readonly gearstorm: Gearstorm;
  readonly delivery: Delivery;
  readonly random: SeededRandom;
  readonly recoveries: Recoveries;
}

const stateMs = 60_000;
/** Longer than a letter may take before it is sent again. */
const longSleepMs = 8_000;

/** Everything that happens to a running delivery; each leaves it running. */
export const faults: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  'kill a worker': async ({ delivery, random, recoveries }) => {
    const pid = await delivery.aWorker(random);
    await recoveries.measure(delivery, pid);
  },

  'kill a worker twice': async ({ delivery, random }) => {
    const pid = await delivery.aWorker(random);
    process.kill(pid, 'SIGKILL');
    await delivery.untilReplaced(pid);
    const next = delivery.judge.openings.at(-1)?.pid ?? 0;
    await sleep(random.between(0, 900));
    killQuietly(next);
    await delivery.untilReplaced(next);
  },

  'kill all workers': async ({ delivery }) => {
    const pids = await delivery.workers();
    for (const pid of pids) killQuietly(pid);
    for (const pid of pids) await delivery.untilReplaced(pid);
  },

  'let a worker sleep': async ({ delivery, random }) => {
    const pid = await delivery.aWorker(random);
    process.kill(pid, 'SIGSTOP');
    await sleep(random.between(100, longSleepMs));
    killQuietly(pid, 'SIGCONT');
  },

  'let a worker sleep for ever': async ({ delivery, random }) => {
    const pid = await delivery.aWorker(random);
    process.kill(pid, 'SIGSTOP');
    await delivery.untilReplaced(pid);
    if (await isRunning(pid)) throw new Error(`${pid} was replaced and still runs`);
  },

  'kill serve': async ({ gearstorm, random }) => {
    await gearstorm.crash();
    await sleep(random.between(0, 5_000));
    await gearstorm.serve();
  },

  'kill serve and a worker': async ({ gearstorm, delivery, random }) => {
    const pid = await delivery.aWorker(random);
    const serve = gearstorm.crash();
    process.kill(pid, 'SIGKILL');
    await serve;
    await gearstorm.serve();
    await delivery.untilReplaced(pid);
  },

  'kill a worker while inactive': async ({ gearstorm, delivery, random }) => {
    await gearstorm.command('deactivate', delivery.name);
    killQuietly(await delivery.aWorker(random));
    await sleep(random.between(0, 2_000));
    await gearstorm.command('activate', delivery.name);
  },

  'kill a worker while rebalanced': async ({ gearstorm, delivery, random }) => {
    const waitSecs = random.between(0, 3);
    const workers = random.between(1, 4);
    const words = ['-w', String(waitSecs), '-n', String(workers)];
    await gearstorm.command('rebalance', delivery.name, ...words);
    await sleep(random.between(0, 1000 * waitSecs + 1_500));
    const running = await delivery.workers();
    if (running.length > 0) killQuietly(random.pick(running));
    await waitFor('the end of the rebalance', stateMs, async () => {
      return (await gearstorm.list())[0]?.status === 'ACTIVE';
    });
  },
};

/** The process may have ended by itself. */
export function killQuietly(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
