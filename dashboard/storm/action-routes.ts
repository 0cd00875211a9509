import type { FastifyInstance, FastifyReply } from 'fastify';
import {
  componentId,
  StormConf,
  type StormId,
  type TopologyService,
} from '../../storm-api/index.ts';
import { findDamaged, findTopology } from '../topology-lookup.ts';
import { actionAnswer } from './answers.ts';
import { type Dialect, urlEncoded } from './format.ts';
import { plainQuery, rebalanceBody, topologyParameters } from './schemas.ts';

interface Action {
  readonly Params: { readonly topology: string; readonly wait: string };
}

interface Rebalance extends Action {
  readonly Body: {
    readonly rebalanceOptions?: {
      readonly numWorkers?: number;
      readonly executors?: Readonly<Record<string, number>>;
    };
  } | null;
}

/** What Storm's pages can do to a topology; its options are honoured, as Storm did until 1.x. */
export function addActionRoutes(
  server: FastifyInstance,
  service: TopologyService,
  dialect: () => Dialect,
): void {
  const path = '/api/v1/topology/:topology';
  const schema = { ...plainQuery, ...topologyParameters, ...actionAnswer };
  const act = async (
    reply: FastifyReply,
    topology: string,
    operation: string,
    work: (name: string) => Promise<void>,
  ) => {
    const { id, name } = findTopology(service, topology);
    await work(name);
    // Storm 0.9 leads to the topology's page, later versions only tell that it is done.
    if (dialect().isFirst) {
      reply.code(302).header('location', `/api/v1/topology/${urlEncoded(id)}`);
    }
    return success(operation, id);
  };
  const kill = async (reply: FastifyReply, topology: string, waitSecs: number) => {
    const damaged = findDamaged(service, topology);
    if (damaged === null)
      return act(reply, topology, 'kill', (name) => service.kill(name, waitSecs));
    await service.kill(damaged.name, waitSecs);
    return success('kill', damaged.id); // it has no page that could be led to
  };
  acceptAnyBody(server);
  server.post<Action>(`${path}/activate`, { schema }, ({ params: { topology } }, reply) =>
    act(reply, topology, 'activate', (name) => service.activate(name)),
  );
  server.post<Action>(`${path}/deactivate`, { schema }, ({ params: { topology } }, reply) =>
    act(reply, topology, 'deactivate', (name) => service.deactivate(name)),
  );
  server.post<Action>(`${path}/kill/:wait`, { schema }, ({ params: { topology, wait } }, reply) =>
    kill(reply, topology, Number(wait)),
  );
  server.post<Rebalance>(
    `${path}/rebalance/:wait`,
    { schema: { ...schema, ...rebalanceBody } },
    ({ params: { topology, wait }, body }, reply) => {
      const { numWorkers, executors } = body?.rebalanceOptions ?? {};
      const request = {
        waitSecs: Number(wait),
        workers: numWorkers ?? null,
        executors: new Map(
          Object.entries(executors ?? {}).map(([id, count]) => [componentId(id), count]),
        ),
        overrides: StormConf.empty,
      };
      return act(reply, topology, 'rebalance', (name) => service.rebalance(name, request));
    },
  );
}

function success(topologyOperation: string, topologyId: StormId) {
  return { topologyOperation, topologyId, status: 'success' };
}

/** Scripts post nothing, with whatever content type their tool says; only rebalance reads JSON. */
function acceptAnyBody(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (request, text, done) => {
    const isJson = request.headers['content-type']?.startsWith('application/json') ?? false;
    try {
      done(null, isJson && text !== '' ? JSON.parse(text as string) : null);
    } catch {
      done(Object.assign(new Error('the body is not JSON'), { statusCode: 400 }));
    }
  });
}
