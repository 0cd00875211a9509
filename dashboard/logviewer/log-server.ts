import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { guardAgainstBrowsers, RequestError } from '../../storm-api/http/index.ts';
import type { TopologyService } from '../../storm-api/index.ts';
import { addDumpRoutes } from './dump-routes.ts';
import { entries, LogCatalogue } from './log-catalogue.ts';
import { escaped, type LogPlace, logPage, openLog } from './log-page.ts';
import { addSearchRoutes } from './search-routes.ts';
import { wholeNumber } from './whole-number.ts';

const nameCharactersMax = 4096;
const notFound = 'Page not found';

export interface LogServerOptions {
  readonly service: TopologyService;
  /** Holds a folder for each topology, and in it one for each port. */
  readonly folder: string;
  /** Holds serve's own log. */
  readonly daemonFolder: string;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly log: { error(facts: object, message: string): void };
}

interface LogQuery {
  readonly Querystring: {
    readonly file?: string;
    readonly start?: string;
    readonly length?: string;
    readonly tail?: string;
    readonly grep?: string;
  };
}

interface NamesQuery {
  readonly Querystring: { readonly topoId?: string; readonly port?: string };
}

/** Storm's log viewer, on logviewer.port: the paths of 0.9 and those that 2.x has in /api/v1. */
export class LogServer {
  readonly #server: FastifyInstance;
  readonly #options: LogServerOptions;
  readonly #catalogue: LogCatalogue;

  constructor(options: LogServerOptions) {
    this.#options = options;
    this.#catalogue = new LogCatalogue(options.service, options.folder);
    this.#server = fastify({
      forceCloseConnections: true,
      routerOptions: { maxParamLength: nameCharactersMax },
    });
  }

  /** @returns where it listens. */
  async start(): Promise<{ readonly host: string; readonly port: number }> {
    const { host, port } = this.#options;
    guardAgainstBrowsers(this.#server, host, { allowForeignLinks: true });
    this.#answerErrors();
    this.#addRoutes();
    await this.#server.listen({ host, port });
    return { host, port: (this.#server.server.address() as AddressInfo).port };
  }

  async stop(): Promise<void> {
    await this.#server.close();
  }

  #addRoutes(): void {
    const server = this.#server;
    server.get('/', (_, reply) => this.#list(reply));
    for (const path of ['/log', '/api/v1/log']) {
      server.get<LogQuery>(path, ({ query }, reply) => this.#show(query, reply));
    }
    this.#addDaemonRoutes();
    addDumpRoutes(server, {
      service: this.#options.service,
      send: (path, reply) => this.#send(there(path), reply),
      page: listPage,
    });
    addSearchRoutes(server, {
      catalogue: this.#catalogue,
      findDaemon: (name) => this.#findDaemon(name),
    });
    server.get<{ Params: { file: string } }>('/download/:file', ({ params }, reply) =>
      this.#download(params.file, reply),
    );
    for (const path of ['/download', '/api/v1/download']) {
      server.get<LogQuery>(path, ({ query }, reply) => this.#download(query.file ?? '', reply));
    }
    for (const path of ['listLogs', 'searchLogs'].flatMap((name) => [
      `/${name}`,
      `/api/v1/${name}`,
    ])) {
      server.get<NamesQuery>(path, ({ query }) => this.#names(query));
    }
  }

  /** serve is all of Storm's daemons, and has one log. */
  #addDaemonRoutes(): void {
    const server = this.#server;
    for (const path of ['/daemonlog', '/api/v1/daemonlog']) {
      server.get<LogQuery>(path, async ({ query }, reply) => {
        const { file: name = '' } = query;
        const place = { name, path: '/daemonlog', downloadPath: '/daemondownload' };
        return await this.#page(await this.#findDaemon(name), place, query, reply);
      });
    }
    server.get<{ Params: { file: string } }>('/daemondownload/:file', async ({ params }, reply) =>
      this.#send(await this.#findDaemon(params.file), reply),
    );
    server.get<LogQuery>('/api/v1/daemondownload', async ({ query }, reply) =>
      this.#send(await this.#findDaemon(query.file ?? ''), reply),
    );
  }

  /** Of all logs, or of one topology's or one port's. */
  async #names({ topoId, port }: NamesQuery['Querystring']): Promise<readonly string[]> {
    const logs = await this.#catalogue.list();
    return logs
      .filter((log) => topoId === undefined || log.topology === topoId)
      .filter((log) => port === undefined || log.port === port)
      .flatMap(({ names: [name] }) => name ?? []);
  }

  async #list(reply: FastifyReply): Promise<string> {
    const logs = await this.#catalogue.list();
    const items = logs.map(({ names: [name = ''] }) => {
      const query = escaped(new URLSearchParams({ file: name }).toString());
      return `<a href="/log?${query}">${escaped(name)}</a>`;
    });
    return listPage('Logs of workers', items, reply);
  }

  async #show(query: LogQuery['Querystring'], reply: FastifyReply): Promise<string> {
    const name = query.file ?? '';
    const place = { name, path: '/log', downloadPath: '/download' };
    return await this.#page(await this.#find(name), place, query, reply);
  }

  async #page(
    path: string,
    place: LogPlace,
    query: LogQuery['Querystring'],
    reply: FastifyReply,
  ): Promise<string> {
    const request = {
      start: wholeNumber('start', query.start),
      length: wholeNumber('length', query.length ?? query.tail),
      grep: query.grep ?? null,
    };
    asPage(reply);
    return await logPage(path, place, request);
  }

  async #download(name: string, reply: FastifyReply): Promise<FastifyReply> {
    return await this.#send(await this.#find(name), reply, name);
  }

  async #send(path: string, reply: FastifyReply, name = path): Promise<FastifyReply> {
    const handle = await openLog(path);
    const plain = basename(name).replace(/[^\w.-]/g, '_');
    reply.header('content-disposition', `attachment; filename="${plain}"`);
    return reply.type('application/octet-stream').send(handle.createReadStream());
  }

  /** @throws RequestError */
  async #find(name: string): Promise<string> {
    return there(await this.#catalogue.find(name));
  }

  /** As in the catalogue no path is made of the name. @throws RequestError */
  async #findDaemon(name: string): Promise<string> {
    const { daemonFolder } = this.#options;
    const found = (await entries(daemonFolder)).find((each) => each.isFile() && each.name === name);
    if (found === undefined) throw new RequestError(404, notFound);
    return join(daemonFolder, found.name);
  }

  #answerErrors(): void {
    this.#server.setNotFoundHandler((_, reply) =>
      reply.code(404).type('text/plain').send(notFound),
    );
    this.#server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      const status = error.statusCode ?? 500;
      const path = request.url;
      if (status >= 500) this.#options.log.error({ err: error, path }, 'request failed');
      const text = status >= 500 ? 'see the log of gearstorm serve' : error.message;
      return reply.code(status).type('text/plain;charset=utf-8').send(text);
    });
  }
}

/** @param items as HTML */
function listPage(title: string, items: readonly string[], reply: FastifyReply): string {
  asPage(reply);
  const rows = items.map((each) => `<li>${each}</li>`).join('\n');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Storm Log Viewer</title></head>
<body><h3>${escaped(title)}</h3><ul>${rows}</ul></body></html>
`;
}

function asPage(reply: FastifyReply): void {
  reply.type('text/html;charset=utf-8');
}

/** @throws RequestError where there is none */
function there(path: string | null): string {
  if (path === null) throw new RequestError(404, notFound);
  return path;
}
