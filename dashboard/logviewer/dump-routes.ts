import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { TopologyService } from '../../storm-api/index.ts';
import { dumpsFolder } from '../worker-dumps.ts';
import { entries } from './log-catalogue.ts';
import { escaped } from './log-page.ts';

interface DumpParameters {
  readonly Params: { readonly topology: string; readonly worker: string; readonly file: string };
}

export interface DumpRoutesOptions {
  readonly service: TopologyService;
  /** Answers with a file, or that there is none (null). */
  readonly send: (path: string | null, reply: FastifyReply) => Promise<FastifyReply>;
  readonly page: (title: string, items: readonly string[], reply: FastifyReply) => string;
}

/** What profiling left of living workers, `HOST:PORT`. No path is made of what was asked for. */
export function addDumpRoutes(server: FastifyInstance, options: DumpRoutesOptions): void {
  const { service, send, page } = options;
  const dumpsOf = async ({ topology, worker }: DumpParameters['Params']) => {
    const { topologies } = service.cluster();
    const workers = topologies
      .filter(({ id }) => id === topology)
      .flatMap(({ id }) => service.describe(id).workerList)
      .filter(({ host, port }) => `${host}:${port}` === worker);
    const folders = new Set(workers.map(({ logFile }) => dumpsFolder(logFile)));
    const found = await Promise.all(
      [...folders].map(async (folder) => {
        const files = (await entries(folder)).filter((each) => each.isFile());
        return files.map(({ name }) => ({ name, path: join(folder, name) }));
      }),
    );
    return found.flat().sort((one, other) => (one.name < other.name ? -1 : 1));
  };
  for (const prefix of ['', '/api/v1']) {
    const path = `${prefix}/dumps/:topology/:worker`;
    server.get<DumpParameters>(path, async ({ params }, reply) => {
      const { topology, worker } = params;
      const items = (await dumpsOf(params)).map(({ name }) => {
        const parts = [topology, worker, name].map(encodeURIComponent).join('/');
        return `<a href="/dumps/${escaped(parts)}">${escaped(name)}</a>`;
      });
      return page(`Dumps of ${worker}`, items, reply);
    });
    server.get<DumpParameters>(`${path}/:file`, async ({ params }, reply) => {
      const dump = (await dumpsOf(params)).find(({ name }) => name === params.file);
      return await send(dump?.path ?? null, reply);
    });
  }
}
