import { setImmediate as othersTurn } from 'node:timers/promises';
import {
  type ClusterDescription,
  NotAliveError,
  type StormId,
  type TopologyService,
  type TopologyStatistics,
} from '../storm-api/index.ts';

/** How long whoever looks at all topologies may keep others waiting. */
const turnMs = 4;

/**
 * The numbers of all topologies, one after another in short turns of the event loop: whoever else asks
 * for something gets it in between. One that ends meanwhile is left out.
 */
export async function* eachTopology(
  { topologies }: ClusterDescription,
  service: TopologyService,
): AsyncGenerator<TopologyStatistics> {
  let beganMs = performance.now();
  for (const { id } of topologies) {
    const statistics = statisticsOf(service, id);
    if (statistics !== null) yield statistics;
    if (performance.now() - beganMs < turnMs) continue;
    await othersTurn();
    beganMs = performance.now();
  }
}

/** null when it is not alive any more. */
export function statisticsOf(service: TopologyService, id: StormId): TopologyStatistics | null {
  try {
    return service.statistics(id);
  } catch (error) {
    if (error instanceof NotAliveError) return null;
    throw error;
  }
}
