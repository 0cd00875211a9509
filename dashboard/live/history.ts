import type { HistoryPoint, TopologyLine } from './messages.ts';

const pointsMax = 900;
/** How many points the list's small lines have. */
const recentPoints = 40;

/** What topologies did in the last minutes; forgets those that are gone. */
export class History {
  readonly #points = new Map<string, HistoryPoint[]>();

  add(timeMs: number, topologies: readonly Omit<TopologyLine, 'recent'>[]): void {
    for (const id of this.#points.keys()) {
      if (topologies.every((topology) => topology.id !== id)) this.#points.delete(id);
    }
    for (const topology of topologies) this.#addTo(topology.id, pointOf(timeMs, topology));
  }

  of(id: string): readonly HistoryPoint[] {
    return this.#points.get(id) ?? [];
  }

  /** Executed tuples per second, oldest first, spread over all that is known. */
  recent(id: string): readonly number[] {
    const points = this.of(id);
    const step = Math.max(1, Math.ceil(points.length / recentPoints));
    const last = points.length - 1;
    return points
      .filter((_, index) => (last - index) % step === 0)
      .map(({ executedPerSec }) => Math.round(executedPerSec));
  }

  #addTo(id: string, point: HistoryPoint): void {
    const points = this.#points.get(id) ?? [];
    this.#points.set(id, points);
    points.push(point);
    if (points.length > pointsMax) points.shift();
  }
}

function pointOf(timeMs: number, topology: Omit<TopologyLine, 'recent'>): HistoryPoint {
  const { executedPerSec, emittedPerSec, failedPerSec, complete, lag, bottleneck } = topology;
  return {
    ...{ timeMs, executedPerSec, emittedPerSec, failedPerSec, lag, bottleneck },
    completeP99: complete?.p99 ?? null,
  };
}
