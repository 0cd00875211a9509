import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { guardAgainstBrowsers, RequestError } from '../storm-api/http/index.ts';
import { connectionEnds } from '../storm-api/peer/index.ts';
import type { DrpcAccess } from './access.ts';
import type { DrpcService } from './drpc-service.ts';
import { DrpcError, type DrpcFailure } from './errors.ts';

export interface DrpcHttpOptions {
  readonly service: DrpcService;
  readonly access: DrpcAccess;
  readonly connectionsMax: number;
  /** Longest body that is accepted. */
  readonly bodyBytesMax: number;
  readonly log: { error(facts: object, message: string): void };
}

interface Call {
  readonly Params: { readonly function: string; readonly args?: string };
}

const requestTimeoutMs = 60_000;
const idleTimeoutMs = 600_000;
/** A path may be as long as Node lets the head of a request be. */
const pathLengthMax = 16 * 1024;

const statuses = {
  failed: 500,
  'unknown-function': 404,
  unauthorized: 403,
  'timed-out': 504,
  overloaded: 503,
  'shut-down': 503,
} as const satisfies Record<DrpcFailure, number>;

/**
 * DRPC for programs without Thrift, as Storm has it on drpc.http.port: `GET /drpc/FUNCTION/ARGS`,
 * `GET /drpc/FUNCTION` and `POST /drpc/FUNCTION` with the arguments as its body. The answer's body is
 * the result, or why there is none. `GET /api/gearstorm/drpc` tells what became of requests.
 */
export class DrpcHttp {
  readonly #options: DrpcHttpOptions;
  readonly #server: FastifyInstance;

  constructor(options: DrpcHttpOptions) {
    this.#options = options;
    this.#server = fastify({
      forceCloseConnections: true,
      bodyLimit: options.bodyBytesMax,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: idleTimeoutMs,
      exposeHeadRoutes: false,
      routerOptions: { maxParamLength: pathLengthMax, ignoreTrailingSlash: true },
    });
    this.#server.server.maxConnections = options.connectionsMax;
  }

  /** @param address port 0 takes any free one. @throws the system's error, such as EADDRINUSE */
  async start(address: { readonly host: string; readonly port: number }): Promise<AddressInfo> {
    guardAgainstBrowsers(this.#server, address.host, { allowForeignLinks: false });
    this.#readBodiesAsText();
    this.#answerErrors();
    this.#server.get<Call>('/drpc/:function/:args', (request, reply) =>
      this.#execute(request, reply, request.params.args ?? ''),
    );
    this.#server.get<Call>('/drpc/:function', (request, reply) =>
      this.#execute(request, reply, ''),
    );
    this.#server.post<Call>('/drpc/:function', (request, reply) =>
      this.#execute(request, reply, typeof request.body === 'string' ? request.body : ''),
    );
    this.#server.get('/api/gearstorm/drpc', () => ({
      functions: this.#options.service.summarize(),
    }));
    await this.#server.listen(address);
    return this.#server.server.address() as AddressInfo;
  }

  async stop(): Promise<void> {
    await this.#server.close();
  }

  async #execute(
    { params, socket }: FastifyRequest<Call>,
    reply: FastifyReply,
    args: string,
  ): Promise<FastifyReply> {
    const { service, access } = this.#options;
    const hungUp = new AbortController();
    reply.raw.once('close', () => hungUp.abort());
    await access.checkCaller(params.function, connectionEnds(socket));
    const result = await service.execute(params.function, args, hungUp.signal);
    return reply.type('text/plain; charset=utf-8').send(result);
  }

  /** Whatever type a body claims to be of: Storm takes it as it is. */
  #readBodiesAsText(): void {
    this.#server.removeAllContentTypeParsers();
    this.#server.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) =>
      done(null, body),
    );
  }

  #answerErrors(): void {
    this.#server.setNotFoundHandler((_, reply) =>
      send(reply, 404, 'there is nothing at this path; functions are at /drpc/FUNCTION'),
    );
    this.#server.setErrorHandler((error: Error, request, reply) => {
      const status = statusOf(error);
      if (status !== null) return send(reply, status, error.message);
      this.#options.log.error({ err: error, path: request.url }, 'drpc request failed');
      return send(reply, 500, 'the DRPC server failed to answer; the reason is in its log');
    });
  }
}

function send(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(text);
}

/** null for what is our own fault. */
function statusOf(error: Error & { readonly statusCode?: number }): number | null {
  if (error instanceof DrpcError) return statuses[error.failure];
  if (error instanceof RequestError) return error.statusCode;
  const { statusCode } = error;
  return statusCode !== undefined && statusCode < 500 ? statusCode : null;
}
