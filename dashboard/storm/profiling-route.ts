import type { FastifyInstance } from 'fastify';
import { RequestError } from '../../storm-api/http/index.ts';
import type { TopologyService } from '../../storm-api/index.ts';
import { findTopology } from '../topology-lookup.ts';
import { orSentence, type ProcessView } from '../worker-routes.ts';
import { restartAnswer, threadsAnswer } from './answers.ts';
import { plainQuery, topologyParameters } from './schemas.ts';

interface WorkerParameters {
  readonly Params: { readonly topology: string; readonly worker: string };
}

/**
 * Storm's thread dump and restart of a worker, `HOST:PORT`. Storm leaves the dump in a file that its log
 * viewer lists; here it is in the answer. POSTs, as in Storm since 2.8.7, since a worker notices.
 */
export function addProfilingRoute(
  server: FastifyInstance,
  service: TopologyService,
  view: ProcessView,
): void {
  const pidsOf = ({ topology, worker }: WorkerParameters['Params']) => {
    const { workerList } = service.describe(findTopology(service, topology).id);
    const pids = workerList
      .filter(({ host, port }) => `${host}:${port}` === worker)
      .flatMap(({ pid }) => pid ?? []);
    if (pids.length === 0) throw new RequestError(404, 'no worker of this topology runs there');
    return pids;
  };
  const at = '/api/v1/topology/:topology/profiling';
  server.post<WorkerParameters>(
    `${at}/dumpjstack/:worker`,
    { schema: { ...plainQuery, ...topologyParameters, ...threadsAnswer } },
    async ({ params }) => {
      const threads: string[] = [];
      for (const pid of pidsOf(params)) threads.push(await orSentence(view.threads(pid)));
      return { id: params.worker, status: 'ok', threads: threads.join('\n') };
    },
  );
  server.post<WorkerParameters>(
    `${at}/restartworker/:worker`,
    { schema: { ...plainQuery, ...topologyParameters, ...restartAnswer } },
    ({ params }) => {
      for (const pid of pidsOf(params)) view.restart(pid);
      return { id: params.worker, status: 'ok' };
    },
  );
}
