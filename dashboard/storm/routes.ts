import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { redact } from '../../storm-api/config/index.ts';
import { RequestError } from '../../storm-api/http/index.ts';
import type {
  ClusterDescription,
  StormConf,
  TopologyService,
  WorkerProfiler,
} from '../../storm-api/index.ts';
import { addOpenApi } from '../open-api.ts';
import { topologyIn } from '../topology-lookup.ts';
import { addActionRoutes } from './action-routes.ts';
import {
  clusterAnswer,
  componentAnswer,
  configurationAnswer,
  historyAnswer,
  lagAnswer,
  metricsAnswer,
  nimbusAnswer,
  ownerAnswer,
  ownersAnswer,
  streamBoxesAnswer,
  supervisorAnswer,
  topologiesAnswer,
  topologyAnswer,
  visualizationAnswer,
  workersAnswer,
} from './answers.ts';
import {
  type ClusterPage,
  clusterSummary,
  nimbusSummary,
  ownerPage,
  ownerRows,
  supervisorPage,
  supervisorSummary,
  topologySummary,
} from './cluster-pages.ts';
import { componentPage } from './component-page.ts';
import { addDebugRoutes } from './debug-routes.ts';
import { allTime, type Dialect } from './format.ts';
import { lagPage } from './lag-page.ts';
import { addLogConfigRoutes } from './log-config.ts';
import { metricsPage } from './metrics-page.ts';
import type { Page } from './page.ts';
import { addProfilingRoute } from './profiling-route.ts';
import { pageQuery, plainQuery, supervisorQuery, topologyParameters } from './schemas.ts';
import { topologyPage } from './topology-page.ts';
import { streamBoxes, visualization } from './visualization.ts';
import { type WorkerPlace, workerRows } from './worker-rows.ts';

export interface StormRoutesOptions {
  readonly service: TopologyService;
  /** Whose answers we give: the keys that they have depend on it. */
  readonly stormVersion: string;
  readonly config: StormConf;
  readonly profiler: WorkerProfiler;
  /** Of the other servers. */
  readonly ports: { readonly nimbus: number; readonly logviewer: number };
}

interface PageQuery {
  readonly Params: { readonly topology: string; readonly component: string };
  readonly Querystring: { readonly window?: string; readonly sys?: string };
}

interface SupervisorQuery {
  readonly Querystring: { readonly id?: string; readonly host?: string };
}

interface OwnerQuery {
  readonly Params: { readonly owner: string };
}

/** Storm UI's paths. To be registered in a scope of its own. */
export function addStormRoutes(server: FastifyInstance, options: StormRoutesOptions): void {
  addOpenApi(server, {
    path: '/api/v1/openapi.json',
    title: "Storm's REST paths, served by Gearstorm",
    version: options.stormVersion,
  });
  answerAsStorm(server);
  addClusterRoutes(server, options);
  addTopologyRoutes(server, options);
  addActionRoutes(server, options.service, () => dialectOf(options));
  addLogConfigRoutes(server, options.service);
  addDebugRoutes(server, options.service);
  const { service, profiler } = options;
  addProfilingRoute(server, { service, profiler, dialect: () => dialectOf(options) });
}

function addClusterRoutes(server: FastifyInstance, options: StormRoutesOptions): void {
  const { service, stormVersion, config, ports } = options;
  const page = (): ClusterPage => ({
    ...{ cluster: service.cluster(), stormVersion, nimbusPort: ports.nimbus },
    dialect: dialectOf(options),
  });
  const add = (path: string, answer: object, make: () => object) =>
    server.get(`/api/v1/${path}`, { schema: { ...plainQuery, ...answer } }, make);
  add('cluster/configuration', configurationAnswer, () => JSON.parse(redact(config).toJson()));
  add('cluster/summary', clusterAnswer, () => clusterSummary(page()));
  add('nimbus/summary', nimbusAnswer, () => nimbusSummary(page()));
  add('supervisor/summary', supervisorAnswer, () => supervisorSummary(page()));
  add('topology/summary', topologiesAnswer, () => topologySummary(page()));
  add('history/summary', historyAnswer, () => ({
    'topo-history': service.cluster().topologies.map(({ id }) => id),
  }));
  add('owner-resources', ownersAnswer, () => ({ owners: ownerRows(service.cluster()) }));
  server.get<OwnerQuery>(
    '/api/v1/owner-resources/:owner',
    { schema: { ...plainQuery, ...ownerAnswer } },
    ({ params }) => ownerPage(page(), params.owner),
  );
  server.get<SupervisorQuery>(
    '/api/v1/supervisor',
    { schema: { ...supervisorQuery, ...supervisorAnswer } },
    ({ query }) => supervisorPage(page(), query, (id) => service.describe(id)),
  );
}

function addTopologyRoutes(server: FastifyInstance, options: StormRoutesOptions): void {
  const { service } = options;
  const path = '/api/v1/topology/:topology';
  const page = (request: FastifyRequest<PageQuery>) => pageOf(request, options);
  const add = (
    route: string,
    answer: object,
    make: (request: FastifyRequest<PageQuery>) => object,
  ) => {
    const schema = { ...pageQuery, ...topologyParameters, ...answer };
    server.get<PageQuery>(route, { schema }, make);
  };
  add(path, topologyAnswer, (request) => topologyPage(page(request)));
  add(`${path}/visualization`, visualizationAnswer, (request) => visualization(page(request)));
  add(`${path}/visualization-init`, streamBoxesAnswer, (request) => ({
    visualizationTable: streamBoxes(page(request)),
  }));
  add(`${path}/component/:component`, componentAnswer, (request) =>
    componentPage(page(request), request.params.component, options.profiler),
  );
  add(`${path}/metrics`, metricsAnswer, (request) => metricsPage(page(request)));
  add(`${path}/lag`, lagAnswer, (request) => lagPage(page(request).statistics));
  add('/api/v1/topology-workers/:topology', workersAnswer, (request) => {
    const cluster = service.cluster();
    const { id } = topologyIn(cluster, request.params.topology);
    const place = placeOf(cluster, options);
    const { logviewerPort } = place.dialect;
    return { hostPortList: workerRows(service.describe(id), place), logviewerPort };
  });
}

function pageOf({ params, query }: FastifyRequest<PageQuery>, options: StormRoutesOptions): Page {
  const { service } = options;
  const cluster = service.cluster();
  const { id } = topologyIn(cluster, params.topology);
  return {
    topology: service.describe(id),
    statistics: service.statistics(id),
    window: query.window ?? allTime,
    withSystem: query.sys !== undefined && query.sys !== 'false',
    ...placeOf(cluster, options),
  };
}

function placeOf({ supervisorId }: ClusterDescription, options: StormRoutesOptions): WorkerPlace {
  return { supervisorId, dialect: dialectOf(options) };
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
