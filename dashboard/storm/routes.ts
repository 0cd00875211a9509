import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { redact } from '../../storm-api/config/index.ts';
import { RequestError } from '../../storm-api/http/index.ts';
import type { StormConf, TopologyService } from '../../storm-api/index.ts';
import { findTopology } from '../topology-lookup.ts';
import { addActionRoutes } from './action-routes.ts';
import {
  type ClusterPage,
  clusterSummary,
  nimbusSummary,
  supervisorSummary,
  topologySummary,
} from './cluster-pages.ts';
import { componentPage } from './component-page.ts';
import { allTime, type Dialect } from './format.ts';
import { lagPage } from './lag-page.ts';
import { addLogConfigRoutes } from './log-config.ts';
import { metricsPage } from './metrics-page.ts';
import { addOpenApi } from './open-api.ts';
import type { Page } from './page.ts';
import { pageQuery, plainQuery, topologyParameters } from './schemas.ts';
import { topologyPage } from './topology-page.ts';
import { visualization } from './visualization.ts';
import { workerRows } from './worker-rows.ts';

export interface StormRoutesOptions {
  readonly service: TopologyService;
  /** Whose answers we give: the keys that they have depend on it. */
  readonly stormVersion: string;
  readonly config: StormConf;
  /** Of the other servers. */
  readonly ports: { readonly nimbus: number; readonly logviewer: number };
}

interface PageQuery {
  readonly Params: { readonly topology: string; readonly component: string };
  readonly Querystring: { readonly window?: string; readonly sys?: string };
}

/** Storm UI's paths. To be registered in a scope of its own. */
export function addStormRoutes(server: FastifyInstance, options: StormRoutesOptions): void {
  addOpenApi(server, options.stormVersion);
  answerAsStorm(server);
  addClusterRoutes(server, options);
  addTopologyRoutes(server, options);
  addActionRoutes(server, options.service, () => dialectOf(options));
  addLogConfigRoutes(server, options.service);
}

function addClusterRoutes(server: FastifyInstance, options: StormRoutesOptions): void {
  const { service, stormVersion, config, ports } = options;
  const page = (): ClusterPage => ({
    ...{ cluster: service.cluster(), stormVersion, nimbusPort: ports.nimbus },
    dialect: dialectOf(options),
  });
  const schema = plainQuery;
  server.get('/api/v1/cluster/configuration', { schema }, () =>
    JSON.parse(redact(config).toJson()),
  );
  server.get('/api/v1/cluster/summary', { schema }, () => clusterSummary(page()));
  server.get('/api/v1/nimbus/summary', { schema }, () => nimbusSummary(page()));
  server.get('/api/v1/supervisor/summary', { schema }, () => supervisorSummary(page()));
  server.get('/api/v1/topology/summary', { schema }, () => topologySummary(page()));
  server.get('/api/v1/history/summary', { schema }, () => ({
    'topo-history': service.cluster().topologies.map(({ id }) => id),
  }));
}

function addTopologyRoutes(server: FastifyInstance, options: StormRoutesOptions): void {
  const { service } = options;
  const schema = { ...pageQuery, ...topologyParameters };
  const path = '/api/v1/topology/:topology';
  const page = (request: FastifyRequest<PageQuery>) => pageOf(request, options);
  server.get<PageQuery>(path, { schema }, (request) => topologyPage(page(request)));
  server.get<PageQuery>(`${path}/visualization`, { schema }, (request) =>
    visualization(page(request)),
  );
  server.get<PageQuery>(`${path}/component/:component`, { schema }, (request) =>
    componentPage(page(request), request.params.component),
  );
  server.get<PageQuery>(`${path}/metrics`, { schema }, (request) => metricsPage(page(request)));
  server.get<PageQuery>(`${path}/lag`, { schema }, (request) => lagPage(page(request).statistics));
  server.get<PageQuery>('/api/v1/topology-workers/:topology', { schema }, (request) => {
    const { id } = findTopology(service, request.params.topology);
    const dialect = dialectOf(options);
    const { logviewerPort } = dialect;
    return { hostPortList: workerRows(service.describe(id), dialect), logviewerPort };
  });
}

function pageOf({ params, query }: FastifyRequest<PageQuery>, options: StormRoutesOptions): Page {
  const { id } = findTopology(options.service, params.topology);
  return {
    topology: options.service.describe(id),
    statistics: options.service.statistics(id),
    window: query.window ?? allTime,
    withSystem: query.sys !== undefined && query.sys !== 'false',
    dialect: dialectOf(options),
  };
}

function dialectOf({ stormVersion, ports }: StormRoutesOptions): Dialect {
  return { isFirst: /^0\.9\b/.test(stormVersion), logviewerPort: ports.logviewer };
}

const callbackName = /^[A-Za-z_$][\w$.]{0,99}$/;

/** Exporters refuse any other spelling of the content type; `callback` makes it JSONP. */
function answerAsStorm(server: FastifyInstance): void {
  server.addHook('onRequest', async (request) => {
    const callback = callbackOf(request);
    if (callback !== null && !callbackName.test(callback)) {
      throw new RequestError(400, 'callback must be the name of a function');
    }
  });
  server.addHook('onSend', async (request, reply: FastifyReply, payload) => {
    const callback = callbackOf(request);
    const isScript = callback !== null && callbackName.test(callback);
    const kind = isScript ? 'javascript' : 'json';
    reply.header('content-type', `application/${kind};charset=utf-8`);
    return isScript ? `${callback}(${payload});` : payload;
  });
}

function callbackOf({ query }: FastifyRequest): string | null {
  const { callback } = query as { readonly callback?: unknown };
  return callback === undefined ? null : String(callback);
}
