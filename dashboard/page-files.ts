import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The page as set-up built it. Names below assets/ hold a hash of the content: a browser may keep them. */
export async function addPageFiles(server: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) {
    server.get('/', (_, reply) =>
      reply
        .code(503)
        .type('text/plain;charset=utf-8')
        .send('The page was not built: run "npm run setup".\n'),
    );
    return;
  }
  await server.register(fastifyStatic, {
    root: resolve(folder),
    cacheControl: false,
    dotfiles: 'deny',
    setHeaders: (reply, path) => {
      if (path.startsWith(resolve(folder, 'assets'))) {
        reply.header('cache-control', 'public, max-age=31536000, immutable');
      }
    },
  });
}
