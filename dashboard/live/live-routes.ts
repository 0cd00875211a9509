import type { FastifyInstance } from 'fastify';
import { NotAliveError, type StormId, type TopologyService } from '../../storm-api/index.ts';
import { eventsAnswer } from '../answer-schemas.ts';
import { EventStream } from '../event-stream.ts';
import { findTopology } from '../topology-lookup.ts';
import type { LiveFeed } from './live-feed.ts';

interface TopologyParameters {
  readonly Params: { readonly topology: string };
  readonly Querystring: { readonly component?: string };
}

const schema = {
  querystring: { type: 'object', properties: { component: { type: 'string' } } },
};

/** The live numbers as server-sent events: of all topologies, and of one. */
export function addLiveRoutes(
  server: FastifyInstance,
  service: TopologyService,
  feed: LiveFeed,
): void {
  server.get('/api/gearstorm/events', eventsAnswer, (_, reply) => {
    let stop = () => {};
    const stream = new EventStream(reply, () => stop());
    if (stream.isOpen) stop = feed.watchCluster(stream);
  });
  server.get<TopologyParameters>(
    '/api/gearstorm/topology/:topology/events',
    { schema, ...eventsAnswer },
    (request, reply) => {
      let stop = () => {};
      const id = aliveId(service, request.params.topology);
      const stream = new EventStream(reply, () => stop());
      if (id === null) {
        stream.send('gone', {});
        stream.end();
      } else if (stream.isOpen)
        stop = feed.watchTopology(id, request.query.component ?? null, stream);
    },
  );
}

/** A browser hides the status of an event stream from its page: that it is gone is an event too. */
function aliveId(service: TopologyService, nameOrId: string): StormId | null {
  try {
    return findTopology(service, nameOrId).id;
  } catch (error) {
    if (error instanceof NotAliveError) return null;
    throw error;
  }
}
