import { writeFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { RequestError } from '../../storm-api/http/index.ts';
import type { TopologyService } from '../../storm-api/index.ts';
import { findTopology } from '../topology-lookup.ts';
import { nextDump } from '../worker-dumps.ts';
import { orSentence, type ProcessView } from '../worker-routes.ts';
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
  readonly processes: ProcessView;
  readonly dialect: () => Dialect;
}

/**
 * Storm's profiling of a worker, `HOST:PORT`: its recorder, dumps of its threads and its heap, which are
 * files that the log viewer lists, and its restart. POSTs, as in Storm since 2.8.7, since a worker notices.
 */
export function addProfilingRoute(server: FastifyInstance, options: ProfilingOptions): void {
  const { service, processes: view, dialect } = options;
  const find = ({ topology, worker }: WorkerParameters['Params']) => {
    const { id } = findTopology(service, topology);
    const found = service
      .describe(id)
      .workerList.filter(({ host, port }) => `${host}:${port}` === worker)
      .flatMap(({ pid, logFile }) => (pid === null ? [] : [{ pid, logFile }]));
    if (found.length === 0) throw new RequestError(404, 'no worker of this topology runs there');
    return { id, found };
  };
  const add = (
    path: string,
    answer: object,
    act: (params: WorkerParameters['Params']) => Promise<object>,
  ) => {
    const schema = { ...plainQuery, ...profilingParameters, ...answer };
    server.post<WorkerParameters>(
      `/api/v1/topology/:topology/profiling/${path}`,
      { schema },
      async ({ params }) => ({ id: params.worker, status: 'ok', ...(await act(params)) }),
    );
  };
  /** Only Java can do it: of a slot with processes of both kinds that is enough. */
  const ofJava = async (
    params: WorkerParameters['Params'],
    work: (pid: number, logFile: string) => Promise<void>,
  ) => {
    const { id, found } = find(params);
    const done = await Promise.allSettled(found.map(({ pid, logFile }) => work(pid, logFile)));
    const failed = done.find((each) => each.status === 'rejected');
    const isDone = done.some((each) => each.status === 'fulfilled');
    if (failed !== undefined && !isDone) await orSentence(Promise.reject(failed.reason));
    return { dumplink: dumpsLink(dialect(), id, params.worker) };
  };
  add('start/:worker/:minutes', dumpAnswer, async (params) => {
    const { minutes } = params;
    const begun = await ofJava(params, async (pid, logFile) =>
      view.startRecording(pid, await nextDump(logFile, pid, 'recording'), Number(minutes)),
    );
    return { ...begun, timeout: minutes };
  });
  add('stop/:worker', dumpAnswer, (params) => ofJava(params, (pid) => view.stopRecording(pid)));
  add('dumpprofile/:worker', dumpAnswer, (params) =>
    ofJava(params, async (pid, logFile) =>
      view.dumpRecording(pid, await nextDump(logFile, pid, 'recording')),
    ),
  );
  add('dumpheap/:worker', dumpAnswer, (params) =>
    ofJava(params, async (pid, logFile) => view.heap(pid, await nextDump(logFile, pid, 'heap'))),
  );
  add('dumpjstack/:worker', threadsAnswer, async (params) => {
    const { id, found } = find(params);
    const threads: string[] = [];
    for (const { pid, logFile } of found) {
      const text = await orSentence(view.threads(pid));
      await writeFile(await nextDump(logFile, pid, 'threads'), text, { mode: 0o600 });
      threads.push(text);
    }
    return { threads: threads.join('\n'), dumplink: dumpsLink(dialect(), id, params.worker) };
  });
  add('restartworker/:worker', restartAnswer, async (params) => {
    for (const { pid } of find(params).found) view.restart(pid);
    return {};
  });
}
