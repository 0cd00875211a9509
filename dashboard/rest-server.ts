import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { guardAgainstBrowsers, RequestError } from '../storm-api/http/index.ts';
import {
  type DrpcFunctionSummary,
  InvalidStateError,
  InvalidTopologyError,
  NotAliveError,
} from '../storm-api/index.ts';
import { liveSummary } from './live-summary.ts';
import { addLogsRoute } from './logs-route.ts';
import { addMetricsRoute } from './metrics-route.ts';
import { addPeekRoute } from './peek-route.ts';
import { addStormRoutes, type StormRoutesOptions } from './storm/routes.ts';

export interface RestServerOptions extends StormRoutesOptions {
  readonly drpc: () => readonly DrpcFunctionSummary[];
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The folder of the page's files. */
  readonly pageFolder: string;
  readonly log: { error(facts: object, message: string): void };
}

/** A storm id may be long, and is encoded. */
const parameterCharactersMax = 4096;

const pageFiles = {
  '/': ['index.html', 'text/html;charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript;charset=utf-8'],
  '/page.css': ['page.css', 'text/css;charset=utf-8'],
} as const;

/** The page, Storm UI's REST paths and our own, on ui.port. */
export class RestServer {
  readonly #server: FastifyInstance;
  readonly #options: RestServerOptions;

  constructor(options: RestServerOptions) {
    this.#options = options;
    this.#server = fastify({
      forceCloseConnections: true,
      bodyLimit: 64 * 1024,
      routerOptions: { maxParamLength: parameterCharactersMax },
    });
  }

  /** @returns where it listens. */
  async start(): Promise<{ readonly host: string; readonly port: number }> {
    const { service, host, port } = this.#options;
    guardAgainstBrowsers(this.#server, host, { allowForeignLinks: true });
    this.#answerErrors();
    await this.#addPage();
    await this.#server.register((scope) => addStormRoutes(scope, this.#options));
    addPeekRoute(this.#server, service);
    addLogsRoute(this.#server, service);
    addMetricsRoute(this.#server, service);
    this.#server.get('/api/gearstorm/live', () => liveSummary(service, Date.now()));
    this.#server.get('/api/gearstorm/drpc', () => ({ functions: this.#options.drpc() }));
    await this.#server.listen({ host, port });
    const address = this.#server.server.address() as AddressInfo;
    return { host, port: address.port };
  }

  async stop(): Promise<void> {
    await this.#server.close();
  }

  async #addPage(): Promise<void> {
    for (const [path, [name, type]] of Object.entries(pageFiles)) {
      const content = await readFile(join(this.#options.pageFolder, name));
      this.#server.get(path, (_, reply) => reply.type(type).send(content));
    }
  }

  /** Storm's form of an error; what went wrong inside is for our log, not for the caller. */
  #answerErrors(): void {
    this.#server.setNotFoundHandler((_, reply) =>
      reply.code(404).send({ error: 'Not Found', errorMessage: 'there is nothing at this path' }),
    );
    this.#server.setErrorHandler((error: FastifyError, request, reply) => {
      const status = statusOf(error);
      if (status === 500)
        this.#options.log.error({ err: error, path: request.url }, 'request failed');
      return reply.code(status).send({
        error: status === 500 ? 'Internal Server Error' : 'Request Refused',
        errorMessage: status === 500 ? 'see the log of gearstorm serve' : error.message,
      });
    });
  }
}

function statusOf(error: FastifyError): number {
  if (error instanceof RequestError) return error.statusCode;
  if (error instanceof NotAliveError) return 404;
  if (error instanceof InvalidStateError) return 409;
  if (error instanceof InvalidTopologyError || error.validation) return 400;
  return error.statusCode !== undefined && error.statusCode < 500 ? error.statusCode : 500;
}
