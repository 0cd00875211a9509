import { readFile } from 'node:fs/promises';
import type { SeededRandom } from '../failure/seeded-random.ts';
import { type Gearstorm, isRunning, waitFor } from '../harness/index.ts';

const workerMs = 60_000;

/** Kills one worker process of a topology, and returns when there are as many as before, all others. */
export async function killAWorker(
  gearstorm: Gearstorm,
  name: string,
  random: SeededRandom,
): Promise<void> {
  const pids = await workers(gearstorm, name);
  const pid = random.pick(pids);
  process.kill(pid, 'SIGKILL');
  await waitFor('a worker in its place', workerMs, async () => {
    const now = await workers(gearstorm, name);
    return now.length >= pids.length && !now.includes(pid);
  });
}

/** Processes whose command line says that they are workers of this topology. */
async function workers(gearstorm: Gearstorm, name: string): Promise<readonly number[]> {
  const pids = await gearstorm.otherProcesses();
  const commands = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  const running = await Promise.all(pids.map(isRunning));
  return pids.filter(
    (_, index) => running[index] && commands[index]?.includes(`-Dstorm.id=${name}-`),
  );
}
