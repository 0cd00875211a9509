import type { Delivery } from '../failure/delivery.ts';
import { startedAtMs } from '../harness/index.ts';

/** Times after the kill -9 of one worker, in milliseconds. */
interface Recovery {
  /** False for one that had been started again before: it waits before the next start. */
  readonly first: boolean;
  /** Until the process in its place began. */
  readonly spawnMs: number;
  /** From there until user code runs: the start of the JVM. */
  readonly openMs: number;
}

/** How long it took until killed workers were at work again. */
export class Recoveries {
  readonly #all: Recovery[] = [];

  /** Kills a worker and waits for the one in its place. */
  async measure(delivery: Delivery, pid: number): Promise<void> {
    const { openings } = delivery.judge;
    const tasks = openings.filter((opening) => opening.pid === pid).map(({ task }) => task);
    const earlier = openings.some((opening) => opening.pid !== pid && tasks.includes(opening.task));
    const killedAtMs = Date.now();
    process.kill(pid, 'SIGKILL');
    await delivery.untilReplaced(pid);
    const reopened = openings.filter(
      ({ task, timeMs }) => tasks.includes(task) && timeMs >= killedAtMs,
    );
    const began = await startedAtMs(reopened[0]?.pid ?? 0);
    if (began === null) return; // it ended again before it could be looked at
    const openedMs = Math.max(...reopened.map(({ timeMs }) => timeMs));
    const spawnMs = Math.max(0, Math.round(began - killedAtMs));
    this.#all.push({ first: !earlier, spawnMs, openMs: Math.round(openedMs - began) });
  }

  /** Of first kills, which wait for nothing, and of later ones. */
  summarize(): object {
    return {
      first: summary(this.#all.filter(({ first }) => first)),
      repeated: summary(this.#all.filter(({ first }) => !first)),
    };
  }
}

function summary(recoveries: readonly Recovery[]): object {
  return {
    count: recoveries.length,
    spawnMs: spread(recoveries.map(({ spawnMs }) => spawnMs)),
    jvmStartMs: spread(recoveries.map(({ openMs }) => openMs)),
  };
}

/** null where nothing was measured. */
function spread(samples: readonly number[]): object {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? null;
  return { median: at(0.5), p90: at(0.9), max: at(1) };
}
