import type { AddressInfo } from 'node:net';
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { guardAgainstBrowsers, RequestError } from '../storm-api/http/index.ts';
import {
  type DrpcFunctionSummary,
  type Generation,
  InvalidLogLevelError,
  InvalidStateError,
  InvalidTopologyError,
  NotAliveError,
  type StormConf,
} from '../storm-api/index.ts';
import { actionsAreOff, addActionsRoutes } from './actions-routes.ts';
import { drpcAnswer, liveAnswer, statesAnswer } from './answer-schemas.ts';
import { addConfigurationRoute } from './configuration-route.ts';
import { addCountsRoutes } from './live/counts-route.ts';
import { addLagRoute } from './live/lag-route.ts';
import { LiveFeed } from './live/live-feed.ts';
import { addLiveRoutes } from './live/live-routes.ts';
import { liveSummary } from './live-summary.ts';
import { addLogSearchRoutes } from './logs/log-search-routes.ts';
import { addLogsRoute } from './logs/logs-route.ts';
import { processMetrics } from './metrics/process-metrics.ts';
import { addPrometheusRoute } from './metrics/prometheus-route.ts';
import { addOpenApi } from './open-api.ts';
import { addPageFiles } from './page-files.ts';
import { addPeekRoute } from './peek-route.ts';
import { addStormRoutes, type StormRoutesOptions } from './storm/routes.ts';
import { addSubmissionRoutes, type SubmissionOptions } from './submission/submission-routes.ts';
import { addWorkerRoutes, type ProcessView } from './worker-routes.ts';

export interface RestServerOptions extends StormRoutesOptions {
  readonly processes: ProcessView;
  readonly drpc: () => readonly DrpcFunctionSummary[];
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The folder of the page's files, as built. */
  readonly pageFolder: string;
  /** Whether topologies may be changed from the page (ui.actions.enabled). */
  readonly actionsEnabled: boolean;
  /** How programs from the page are run. */
  readonly submission: Omit<SubmissionOptions, 'service' | 'log'>;
  /** What Storm's defaults of a generation are. */
  readonly defaultsOf: (generation: Generation) => StormConf;
  readonly log: SubmissionOptions['log'] & { error(facts: object, message: string): void };
}

/** A storm id may be long, and is encoded. */
const parameterCharactersMax = 4096;

/** The page, Storm UI's REST paths and our own, on ui.port. */
export class RestServer {
  readonly #server: FastifyInstance;
  readonly #options: RestServerOptions;
  readonly #feed: LiveFeed;

  constructor(options: RestServerOptions) {
    this.#options = options;
    this.#server = fastify({
      forceCloseConnections: true,
      bodyLimit: 64 * 1024,
      routerOptions: { maxParamLength: parameterCharactersMax },
      // Fastify itself refuses some paths, in front of all routes.
      frameworkErrors: (error, _, reply: { code(status: number): FastifyReply }) =>
        reply.code(400).send(refusal(error)),
    });
    this.#feed = new LiveFeed(options);
  }

  /** @returns where it listens. */
  async start(): Promise<{ readonly host: string; readonly port: number }> {
    const { host, port } = this.#options;
    guardAgainstBrowsers(this.#server, host, { allowForeignLinks: true });
    this.#answerErrors();
    await addPageFiles(this.#server, this.#options.pageFolder);
    await this.#server.register((scope, _, done) => {
      if (!this.#options.actionsEnabled) scope.addHook('onRequest', refusePosts);
      addStormRoutes(scope, this.#options);
      done();
    });
    await this.#server.register((scope, _, done) => {
      this.#addOwnRoutes(scope);
      done();
    });
    addPrometheusRoute(this.#server, this.#options.service, processMetrics());
    await this.#server.listen({ host, port });
    this.#feed.start();
    const address = this.#server.server.address() as AddressInfo;
    return { host, port: address.port };
  }

  async stop(): Promise<void> {
    this.#feed.stop();
    await this.#server.close();
  }

  #addOwnRoutes(scope: FastifyInstance): void {
    const { service, drpc, defaultsOf, actionsEnabled, submission, processes, log } = this.#options;
    addOpenApi(scope, {
      path: '/api/gearstorm/openapi.json',
      title: "Gearstorm's own REST paths",
      version: '1',
    });
    addPeekRoute(scope, service);
    addLogsRoute(scope, service);
    addLogSearchRoutes(scope, service);
    addLiveRoutes(scope, service, this.#feed);
    addLagRoute(scope, service, this.#feed);
    addCountsRoutes(scope, service);
    addActionsRoutes(scope, { service, isEnabled: actionsEnabled });
    addSubmissionRoutes(scope, { service, log, ...submission });
    addWorkerRoutes(scope, { service, processes, actionsEnabled });
    addConfigurationRoute(scope, service, defaultsOf);
    scope.get('/api/gearstorm/live', liveAnswer, () => liveSummary(service, Date.now()));
    scope.get('/api/gearstorm/states', statesAnswer, () => service.stateClaims());
    scope.get('/api/gearstorm/drpc', drpcAnswer, () => ({ functions: drpc() }));
  }

  /** Storm's form of an error; what went wrong inside is for our log, not for the caller. */
  #answerErrors(): void {
    this.#server.setNotFoundHandler((_, reply) =>
      reply.code(404).send({ error: 'Not Found', errorMessage: 'there is nothing at this path' }),
    );
    this.#server.setErrorHandler((error: FastifyError, request, reply) => {
      const status = statusOf(error);
      if (status !== 500) return reply.code(status).send(refusal(error));
      this.#options.log.error({ err: error, path: request.url }, 'request failed');
      const errorMessage = 'see the log of gearstorm serve';
      return reply.code(500).send({ error: 'Internal Server Error', errorMessage });
    });
  }
}

/** Everything in Storm's REST that changes something is a POST. */
async function refusePosts({ method }: FastifyRequest): Promise<void> {
  if (method === 'POST') throw new RequestError(403, actionsAreOff);
}

function refusal({ message: errorMessage }: Error) {
  return { error: 'Request Refused', errorMessage };
}

function statusOf(error: FastifyError): number {
  if (error instanceof RequestError) return error.statusCode;
  if (error instanceof NotAliveError) return 404;
  if (error instanceof InvalidStateError) return 409;
  if (error instanceof InvalidLogLevelError) return 400;
  if (error instanceof InvalidTopologyError || error.validation) return 400;
  return error.statusCode !== undefined && error.statusCode < 500 ? error.statusCode : 500;
}
