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

export interface OpenApiOptions {
  /** Of the description. */
  readonly path: string;
  readonly title: string;
  readonly version: string;
}

/** What a route of ours tells of its answer, which Fastify does not know of: no answer is changed by its description. */
export interface AnswerConfig {
  /** Schema of a JSON answer. */
  readonly answer?: object;
  /** Of an answer that is not JSON. */
  readonly contentType?: string;
}

const itself: AnswerConfig = { answer: { type: 'object', description: 'This' } };

/**
 * Serves a description of the routes that are added to this scope from here on, made of the same
 * schemas that requests are checked by.
 */
export function addOpenApi(
  server: FastifyInstance,
  { path, title, version }: OpenApiOptions,
): void {
  const routes: Described[] = [];
  server.addHook('onRoute', (route) => {
    routes.push(...describe(route));
  });
  server.get(path, { config: itself }, () => document(routes, { title, version }));
}

function document(routes: readonly Described[], info: object): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const { path, method, operation } of routes) {
    paths[path] = { ...paths[path], [method]: operation };
  }
  return { openapi: '3.1.0', info, paths };
}

function describe({ method, url, schema, config }: RouteOptions): readonly Described[] {
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
      responses: { 200: { description: 'The answer', content: contentOf(known, config) } },
    },
  }));
}

function contentOf({ response }: RouteSchema, config: AnswerConfig = {}): object {
  const { answer, contentType } = config;
  if (contentType !== undefined) return { [contentType]: {} };
  if (answer !== undefined) return { 'application/json': { schema: answer } };
  return { 'application/json': response === undefined ? {} : { schema: response[200] } };
}
