import { setImmediate as othersTurn } from 'node:timers/promises';
import {
  type ClusterDescription,
  NotAliveError,
  type StormId,
  type TopologyService,
  type TopologyStatistics,
} from '../storm-api/index.ts';

/**
 * The numbers of all topologies, one after another in turns of their own: whoever else asks for
 * something gets it in between. One that ends meanwhile is left out.
 */
export async function* eachTopology(
  { topologies }: ClusterDescription,
  service: TopologyService,
): AsyncGenerator<TopologyStatistics> {
  for (const { id } of topologies) {
    const statistics = statisticsOf(service, id);
    if (statistics !== null) yield statistics;
    await othersTurn();
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
