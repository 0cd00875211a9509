import type { FastifyInstance, RouteOptions } from 'fastify';

interface Described {
  readonly method: string;
  readonly path: string;
  readonly operation: object;
}

interface RouteSchema {
  readonly params?: { readonly properties: Readonly<Record<string, object>> };
  readonly querystring?: {
    readonly properties: Readonly<Record<string, object>>;
    readonly required?: readonly string[];
  };
  readonly body?: object;
  readonly response?: { readonly 200: object };
}

/**
 * Serves a description of the routes that are added to this scope from here on, made of the same
 * schemas that requests are checked by.
 */
export function addOpenApi(server: FastifyInstance, version: string): void {
  const routes: Described[] = [];
  server.addHook('onRoute', (route) => {
    routes.push(...describe(route));
  });
  server.get('/api/v1/openapi.json', () => document(routes, version));
}

function document(routes: readonly Described[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const { path, method, operation } of routes) {
    paths[path] = { ...paths[path], [method]: operation };
  }
  const info = { title: "Storm's REST paths, served by Gearstorm", version };
  return { openapi: '3.1.0', info, paths };
}

function describe({ method, url, schema }: RouteOptions): readonly Described[] {
  const known = (schema ?? {}) as RouteSchema;
  const names = [...url.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const methods = [method].flat().filter((each) => each !== 'HEAD');
  return methods.map((each) => ({
    method: each.toLowerCase(),
    path: url.replace(/:(\w+)/g, '{$1}'),
    operation: {
      parameters: [
        ...names.map((name) => ({
          ...{ name, in: 'path', required: true },
          schema: known.params?.properties[name] ?? { type: 'string' },
        })),
        ...Object.entries(known.querystring?.properties ?? {}).map(([name, one]) => ({
          ...{ name, in: 'query', required: known.querystring?.required?.includes(name) ?? false },
          schema: one,
        })),
      ],
      ...(known.body === undefined
        ? {}
        : { requestBody: { content: { 'application/json': { schema: known.body } } } }),
      responses: { 200: { description: 'As Storm answers', content: contentOf(known) } },
    },
  }));
}

function contentOf({ response }: RouteSchema): object {
  return { 'application/json': response === undefined ? {} : { schema: response[200] } };
}
