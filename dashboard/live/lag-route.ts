import type { FastifyInstance } from 'fastify';
import type { TopologyService } from '../../storm-api/index.ts';
import { lagAnswer } from '../answer-schemas.ts';
import { findTopology } from '../topology-lookup.ts';
import type { LiveFeed } from './live-feed.ts';
import type { LagAnswer } from './messages.ts';
import { lagLine } from './topology-message.ts';

/** How far a topology is in what it reads: every partition now, and over the last half hour. */
export function addLagRoute(
  server: FastifyInstance,
  service: TopologyService,
  feed: LiveFeed,
): void {
  server.get<{ Params: { topology: string } }>(
    '/api/gearstorm/topology/:topology/lag',
    lagAnswer,
    ({ params }): LagAnswer => {
      const { id } = findTopology(service, params.topology);
      const { components, timeMs } = service.statistics(id);
      const { timesMs, series } = feed.lagHistory(id);
      return {
        timeMs,
        components: components
          .filter(({ lags }) => lags.length > 0)
          .map((component) => ({
            id: component.id,
            total: component.lags.reduce((sum, { lag }) => sum + lag, 0),
            partitions: component.lags.map(lagLine),
          })),
        history: { timesMs, series },
      };
    },
  );
}
