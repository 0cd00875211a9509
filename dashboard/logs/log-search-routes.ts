import type { FastifyInstance } from 'fastify';
import type { TopologyService } from '../../storm-api/index.ts';
import { logSearchAnswer, logWindowAnswer } from '../answer-schemas.ts';
import { findTopology } from '../topology-lookup.ts';
import { logFileNamed, logFilesOf } from './log-files.ts';
import { searchLogs, windowAround } from './log-search.ts';

interface SearchParameters {
  readonly Params: { readonly topology: string };
  readonly Querystring: { readonly text: string; readonly port?: number };
}

interface WindowParameters {
  readonly Params: { readonly topology: string };
  readonly Querystring: { readonly port: number; readonly file: string; readonly offset: number };
}

const port = { type: 'integer', minimum: 0, maximum: 65_535 };
const search = {
  querystring: {
    type: 'object',
    required: ['text'],
    properties: { text: { type: 'string', minLength: 1, maxLength: 2000 }, port },
  },
};
const window = {
  querystring: {
    type: 'object',
    required: ['port', 'file', 'offset'],
    properties: {
      port,
      file: { type: 'string' },
      offset: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    },
  },
};

/** Search over the logs of all workers of a topology, and what stands around a line that was found. */
export function addLogSearchRoutes(server: FastifyInstance, service: TopologyService): void {
  const at = '/api/gearstorm/topology/:topology/logs';
  server.get<SearchParameters>(
    `${at}/search`,
    { schema: search, ...logSearchAnswer },
    async ({ params, query }) => {
      const files = await logFilesOf(service, findTopology(service, params.topology).id);
      const wanted = files.filter((file) => query.port === undefined || file.port === query.port);
      return await searchLogs(wanted, query.text);
    },
  );
  server.get<WindowParameters>(
    `${at}/window`,
    { schema: window, ...logWindowAnswer },
    async ({ params, query }) => {
      const { id } = findTopology(service, params.topology);
      const file = await logFileNamed(service, id, { port: query.port, name: query.file });
      return await windowAround(file, query.offset);
    },
  );
}
