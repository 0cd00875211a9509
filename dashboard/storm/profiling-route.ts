import type { FastifyInstance } from 'fastify';
import { RequestError } from '../../storm-api/http/index.ts';
import type { TopologyService } from '../../storm-api/index.ts';
import { findTopology } from '../topology-lookup.ts';
import { orSentence, type ProcessView } from '../worker-routes.ts';
import { threadsAnswer } from './answers.ts';
import { plainQuery, topologyParameters } from './schemas.ts';

interface WorkerParameters {
  readonly Params: { readonly topology: string; readonly worker: string };
}

/**
 * Storm's thread dump of a worker, `HOST:PORT`. Storm leaves it in a file that its log viewer lists; here
 * it is in the answer. A POST, as in Storm since 2.8.7, since a worker notices.
 */
export function addProfilingRoute(
  server: FastifyInstance,
  service: TopologyService,
  view: ProcessView,
): void {
  server.post<WorkerParameters>(
    '/api/v1/topology/:topology/profiling/dumpjstack/:worker',
    { schema: { ...plainQuery, ...topologyParameters, ...threadsAnswer } },
    async ({ params: { topology, worker } }) => {
      const { workerList } = service.describe(findTopology(service, topology).id);
      const pids = workerList
        .filter(({ host, port }) => `${host}:${port}` === worker)
        .flatMap(({ pid }) => pid ?? []);
      if (pids.length === 0) throw new RequestError(404, 'no worker of this topology runs there');
      const threads: string[] = [];
      for (const pid of pids) threads.push(await orSentence(view.threads(pid)));
      return { id: worker, status: 'ok', threads: threads.join('\n') };
    },
  );
}
