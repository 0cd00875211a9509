import { type RunningTopology, type StatisticsParts, statisticsOf } from './topology-statistics.ts';

/** Rates fall while nothing is reported: after this long they are worked out anew. */
const ageMaxMs = 1_000;

interface Seen {
  readonly parts: StatisticsParts;
  readonly version: number;
  readonly running: RunningTopology;
}

/** The numbers of one topology, worked out once for all who ask between two reports. */
export class StatisticsView {
  #seen: Seen | null = null;

  of(parts: StatisticsParts): RunningTopology {
    const { version } = parts.book;
    if (this.#seen === null || this.#seen.version !== version || isOld(this.#seen.parts, parts)) {
      this.#seen = { parts, version, running: statisticsOf(parts) };
    }
    return { ...this.#seen.running, workerList: parts.workerList };
  }
}

/** Also when executors or workers are others than before. */
function isOld(before: StatisticsParts, now: StatisticsParts): boolean {
  const ageMs = now.nowMs - before.nowMs;
  return (
    ageMs < 0 || ageMs >= ageMaxMs || before.plan !== now.plan || statesOf(before) !== statesOf(now)
  );
}

function statesOf({ workerList }: StatisticsParts): string {
  return workerList.map(({ state }) => state).join();
}
