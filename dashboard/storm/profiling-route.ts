import type { FastifyInstance } from 'fastify';
import type { StormId, TopologyService, WorkerProfiler } from '../../storm-api/index.ts';
import { findTopology } from '../topology-lookup.ts';
import { dumpAnswer, restartAnswer, threadsAnswer } from './answers.ts';
import { type Dialect, dumpsLink } from './format.ts';
import { plainQuery, profilingParameters } from './schemas.ts';

interface WorkerParameters {
  readonly Params: {
    readonly topology: string;
    readonly worker: string;
    readonly minutes: string;
  };
}

export interface ProfilingOptions {
  readonly service: TopologyService;
  readonly profiler: WorkerProfiler;
  readonly dialect: () => Dialect;
}

/**
 * Storm's profiling of a worker, `HOST:PORT`: its recorder, dumps of its threads and its heap, which are
 * files that the log viewer lists, and its restart. POSTs, as in Storm since 2.8.7, since a worker notices.
 */
export function addProfilingRoute(server: FastifyInstance, options: ProfilingOptions): void {
  const { service, profiler, dialect } = options;
  const add = (
    path: string,
    answer: object,
    act: (id: StormId, params: WorkerParameters['Params']) => Promise<object>,
  ) => {
    const schema = { ...plainQuery, ...profilingParameters, ...answer };
    server.post<WorkerParameters>(
      `/api/v1/topology/:topology/profiling/${path}`,
      { schema },
      async ({ params }) => {
        const { id } = findTopology(service, params.topology);
        return { id: params.worker, status: 'ok', ...(await act(id, params)) };
      },
    );
  };
  const linked = (id: StormId, worker: string) => ({ dumplink: dumpsLink(dialect(), id, worker) });
  add('start/:worker/:minutes', dumpAnswer, async (id, { worker, minutes }) => {
    await profiler.startRecording(id, worker, Number(minutes));
    return { ...linked(id, worker), timeout: minutes };
  });
  add('stop/:worker', dumpAnswer, async (id, { worker }) => {
    await profiler.stopRecording(id, worker);
    return linked(id, worker);
  });
  add('dumpprofile/:worker', dumpAnswer, async (id, { worker }) => {
    await profiler.dumpRecording(id, worker);
    return linked(id, worker);
  });
  add('dumpheap/:worker', dumpAnswer, async (id, { worker }) => {
    await profiler.dumpHeap(id, worker);
    return linked(id, worker);
  });
  add('dumpjstack/:worker', threadsAnswer, async (id, { worker }) => {
    const threads = await profiler.dumpThreads(id, worker);
    return { threads, ...linked(id, worker) };
  });
  add('restartworker/:worker', restartAnswer, async (id, { worker }) => {
    await profiler.restart(id, worker);
    return {};
  });
}
