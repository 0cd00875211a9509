import type { FastifyInstance } from 'fastify';
import { RequestError } from '../storm-api/http/index.ts';
import type { TopologyService } from '../storm-api/index.ts';
import { actionsAreOff } from './actions-routes.ts';
import { doneAnswer, profileAnswer, threadsAnswer } from './answer-schemas.ts';
import { flameOf } from './live/flame.ts';
import { findTopology } from './topology-lookup.ts';

/** What can be done with a worker's process; a look rejects with a sentence where it cannot be had. */
export interface ProcessView {
  /** What its threads do, as text. */
  threads(pid: number): Promise<string>;
  /** Stacks that were seen in so many seconds, outermost first. */
  profile(pid: number, secs: number): Promise<readonly (readonly string[])[]>;
  /** Writes all that the heap of a Java worker holds to a file. */
  heap(pid: number, file: string): Promise<void>;
  /** Has a Java worker record what it does, for so many minutes; then the file is there. */
  startRecording(pid: number, file: string, minutes: number): Promise<void>;
  /** Writes what was recorded so far to a file. */
  dumpRecording(pid: number, file: string): Promise<void>;
  /** The file that it was begun with has all that was recorded. */
  stopRecording(pid: number): Promise<void>;
  /** Ends it, and starts another in its place. @returns false when it is gone already */
  restart(pid: number): boolean;
}

interface WorkerParameters {
  readonly Params: { readonly topology: string; readonly pid: number };
}

interface ProfileParameters extends WorkerParameters {
  readonly Body: { readonly secs: number };
}

const params = {
  type: 'object',
  properties: { topology: { type: 'string' }, pid: { type: 'integer', minimum: 1 } },
};
const nothing = { type: 'object', additionalProperties: false };
const profileBody = {
  type: 'object',
  required: ['secs'],
  additionalProperties: false,
  properties: { secs: { type: 'integer', minimum: 1, maximum: 30 } },
};

export interface WorkerRoutesOptions {
  readonly service: TopologyService;
  readonly processes: ProcessView;
  /** ui.actions.enabled: a restart is one. */
  readonly actionsEnabled: boolean;
}

/** Looks into workers, and starts them anew. POSTs, since a worker notices. */
export function addWorkerRoutes(
  server: FastifyInstance,
  { service, processes: view, actionsEnabled }: WorkerRoutesOptions,
): void {
  const at = '/api/gearstorm/topology/:topology/worker/:pid';
  const profiled = new Set<number>();
  const pidOf = ({ topology, pid }: WorkerParameters['Params']) => {
    const { workerList } = service.describe(findTopology(service, topology).id);
    if (workerList.some((worker) => worker.pid === pid)) return pid;
    throw new RequestError(404, 'no worker of this topology is that process');
  };
  server.post<WorkerParameters>(
    `${at}/threads`,
    { schema: { params, body: nothing }, ...threadsAnswer },
    async (request) => ({ text: await orSentence(view.threads(pidOf(request.params))) }),
  );
  server.post<WorkerParameters>(
    `${at}/restart`,
    { schema: { params, body: nothing }, ...doneAnswer },
    (request) => {
      if (!actionsEnabled) throw new RequestError(403, actionsAreOff);
      if (view.restart(pidOf(request.params))) return {};
      throw new RequestError(409, 'this worker has just ended');
    },
  );
  server.post<ProfileParameters>(
    `${at}/profile`,
    { schema: { params, body: profileBody }, ...profileAnswer },
    async (request) => {
      const pid = pidOf(request.params);
      if (profiled.has(pid)) throw new RequestError(409, 'this worker is being looked at already');
      profiled.add(pid);
      try {
        return flameOf(await orSentence(view.profile(pid, request.body.secs)));
      } finally {
        profiled.delete(pid);
      }
    },
  );
}

/** @throws RequestError with the sentence of what it rejects with */
export async function orSentence<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw new RequestError(409, error instanceof Error ? error.message : String(error));
  }
}
