import { type ExecutorPlaces, placesOf } from './executor-places.ts';
import {
  type RunningTopology,
  type StatisticsParts,
  TopologyNumbers,
} from './topology-statistics.ts';

/** Rates fall while nothing is reported: after this long they are worked out anew. */
const ageMaxMs = 1_000;

interface Seen {
  readonly parts: StatisticsParts;
  readonly version: number;
  readonly places: ExecutorPlaces;
  readonly running: TopologyNumbers;
}

/** The numbers of one topology, worked out once for all who ask between two reports. */
export class StatisticsView {
  #seen: Seen | null = null;

  of(parts: StatisticsParts): RunningTopology {
    const { version } = parts.book;
    if (this.#seen === null || this.#seen.version !== version || isOld(this.#seen.parts, parts)) {
      const places = this.#placesFor(parts);
      this.#seen = { parts, version, places, running: new TopologyNumbers(parts, places) };
    }
    return this.#seen.running;
  }

  #placesFor(parts: StatisticsParts): ExecutorPlaces {
    const { plan, hostName, workerList } = parts;
    if (this.#seen !== null && isPlacedAlike(this.#seen.parts, parts)) return this.#seen.places;
    return placesOf(plan, hostName, workerList);
  }
}

function isOld(before: StatisticsParts, now: StatisticsParts): boolean {
  const ageMs = now.nowMs - before.nowMs;
  return ageMs < 0 || ageMs >= ageMaxMs || !isPlacedAlike(before, now);
}

function isPlacedAlike(before: StatisticsParts, now: StatisticsParts): boolean {
  return before.plan === now.plan && statesOf(before) === statesOf(now);
}

function statesOf({ workerList }: StatisticsParts): string {
  return workerList.map(({ state }) => state).join();
}
