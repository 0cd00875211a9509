import { readFile } from 'node:fs/promises';
import type { SeededRandom } from '../failure/seeded-random.ts';
import { type Gearstorm, isRunning, waitFor } from '../harness/index.ts';

const workerMs = 60_000;

/**
 * Kills one worker process of a topology, and returns when there are as many as before, all others.
 * @param spared a component whose worker lives on; null: any worker
 */
export async function killAWorker(
  gearstorm: Gearstorm,
  name: string,
  random: SeededRandom,
  spared: string | null = null,
): Promise<void> {
  const pids = await workers(gearstorm, name, '');
  const port = spared === null ? null : await portOf(gearstorm, name, spared);
  const kept = port === null ? [] : await workers(gearstorm, name, `-Dworker.port=${port}`);
  const pid = random.pick(pids.filter((each) => !kept.includes(each)));
  process.kill(pid, 'SIGKILL');
  await waitFor('a worker in its place', workerMs, async () => {
    const now = await workers(gearstorm, name, '');
    return now.length >= pids.length && !now.includes(pid);
  });
}

/** Processes whose command line says that they are workers of this topology, and holds the word. */
async function workers(
  gearstorm: Gearstorm,
  name: string,
  word: string,
): Promise<readonly number[]> {
  const pids = await gearstorm.otherProcesses();
  const commands = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  const running = await Promise.all(pids.map(isRunning));
  return pids.filter(
    (_, index) =>
      running[index] &&
      commands[index]?.includes(`-Dstorm.id=${name}-`) &&
      commands[index].includes(word),
  );
}

async function portOf(gearstorm: Gearstorm, name: string, component: string): Promise<number> {
  const page = async <Page>(path: string) =>
    (await (await fetch(`${gearstorm.uiUrl}/api/v1/${path}`)).json()) as Page;
  const { topologies } = await page<{ topologies: readonly { id: string; name: string }[] }>(
    'topology/summary',
  );
  const id = topologies.find((each) => each.name === name)?.id;
  const { executorStats } = await page<{ executorStats: readonly { port: number }[] }>(
    `topology/${id}/component/${encodeURIComponent(component)}?sys=true`,
  );
  const [executor] = executorStats;
  if (executor === undefined) throw new Error(`${name} has no executor of ${component}`);
  return executor.port;
}
