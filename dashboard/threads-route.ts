import type { FastifyInstance } from 'fastify';
import { RequestError } from '../storm-api/http/index.ts';
import type { TopologyService } from '../storm-api/index.ts';
import { findTopology } from './topology-lookup.ts';

interface WorkerParameters {
  readonly Params: { readonly topology: string; readonly pid: number };
}

const schema = {
  params: {
    type: 'object',
    properties: { topology: { type: 'string' }, pid: { type: 'integer', minimum: 1 } },
  },
  body: { type: 'object', additionalProperties: false },
};

/**
 * What the threads of a worker do. A POST, since it stops them for a moment.
 * @param dump of a process; rejects with a sentence where it has none
 */
export function addThreadsRoute(
  server: FastifyInstance,
  service: TopologyService,
  dump: (pid: number) => Promise<string>,
): void {
  server.post<WorkerParameters>(
    '/api/gearstorm/topology/:topology/worker/:pid/threads',
    { schema },
    async ({ params }) => {
      const { workerList } = service.describe(findTopology(service, params.topology).id);
      if (workerList.every(({ pid }) => pid !== params.pid)) {
        throw new RequestError(404, 'no worker of this topology is that process');
      }
      try {
        return { text: await dump(params.pid) };
      } catch (error) {
        throw new RequestError(409, error instanceof Error ? error.message : String(error));
      }
    },
  );
}
