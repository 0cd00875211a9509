import type { FastifyInstance } from 'fastify';
import { RequestError } from '../storm-api/http/index.ts';
import type { TopologyService } from '../storm-api/index.ts';
import { profileAnswer, threadsAnswer } from './answer-schemas.ts';
import { flameOf } from './live/flame.ts';
import { findTopology } from './topology-lookup.ts';

/** What can be seen of a worker's process; each rejects with a sentence where it cannot. */
export interface ProcessView {
  /** What its threads do, as text. */
  threads(pid: number): Promise<string>;
  /** Stacks that were seen in so many seconds, outermost first. */
  profile(pid: number, secs: number): Promise<readonly (readonly string[])[]>;
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

/** Looks into workers. POSTs, since a worker notices. */
export function addWorkerRoutes(
  server: FastifyInstance,
  service: TopologyService,
  view: ProcessView,
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
