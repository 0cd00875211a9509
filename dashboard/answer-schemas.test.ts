import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DrpcFunctionSummary, StormConf } from '../storm-api/index.ts';
import { TestProcesses } from './process-view.fixture.ts';
import { RestServer } from './rest-server.ts';
import { StatisticsService } from './storm/statistics-service.fixture.ts';
import { WorkerProfiling } from './worker-profiling.ts';

interface Operation {
  readonly responses: {
    readonly 200: { readonly content: Readonly<Record<string, { readonly schema?: object }>> };
  };
}

const functions: readonly DrpcFunctionSummary[] = [
  {
    ...{ function: 'words', topologies: ['words'], waiting: 0, inFlight: 1, served: 3, failed: 0 },
    ...{ timedOut: 0, cancelled: 0, latencyMs: { results: 3, p50: 1.5, p95: 2, p99: 2, max: 2 } },
  },
  {
    ...{ function: 'new', topologies: [], waiting: 0, inFlight: 0, served: 0, failed: 0 },
    ...{ timedOut: 0, cancelled: 0, latencyMs: null },
  },
];

let folder: string;
let server: RestServer;
let url: string;
let paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-answers-'));
  writeFileSync(join(folder, 'worker.log'), 'one\ntwo\nthree\n');
  const refuse = () => Promise.reject(new Error('not asked for here'));
  const service = new StatisticsService('words', join(folder, 'worker.log'));
  const processes = new TestProcesses();
  server = new RestServer({
    ...{ drpc: () => functions, service },
    ...{ host: '127.0.0.1', port: 0, stormVersion: '0.9.7', pageFolder: 'build/page' },
    ...{
      actionsEnabled: true,
      defaultsOf: () => StormConf.empty,
      log: { warn: () => {}, error: () => {} },
    },
    ...{ processes, profiler: new WorkerProfiling(service, processes) },
    submission: {
      ...{ folder: join(folder, 'uploads'), refusal: null, uploadBytesMax: 1 << 20 },
      submitter: { mainsOf: async () => ['acme.Main'], start: refuse },
    },
    ...{ config: StormConf.empty, ports: { nimbus: 6627, logviewer: 8000 } },
  });
  url = `http://127.0.0.1:${(await server.start()).port}`;
  ({ paths } = (await (await fetch(`${url}/api/gearstorm/openapi.json`)).json()) as {
    paths: typeof paths;
  });
});

afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

function schemaOf(path: string, method: string): object | undefined {
  return paths[path]?.[method]?.responses[200].content['application/json']?.schema;
}

/** Null, or what of the answer is not as the schema says. */
async function problemOf(answer: unknown, schema: object): Promise<string | null> {
  const customOptions = { coerceTypes: false, removeAdditional: false } as const;
  const checker = fastify({ ajv: { customOptions } });
  checker.post('/', { schema: { body: schema } }, () => 'right');
  const checked = await checker.inject({ method: 'POST', url: '/', payload: answer as object });
  return checked.statusCode === 200 ? null : checked.body;
}

it('answers as its description says, no more and no less', async () => {
  const topology = '/api/gearstorm/topology/{topology}';
  const question = 'text=two';
  for (const [path, method, rest, body] of [
    ['/api/gearstorm/live', 'get', '', null],
    ['/api/gearstorm/states', 'get', '', null],
    ['/api/gearstorm/drpc', 'get', '', null],
    [`${topology}/lag`, 'get', '', null],
    [`${topology}/counts`, 'get', '?window=600', null],
    [`${topology}/component/{component}/counts`, 'get', '', null],
    [`${topology}/configuration`, 'get', '', null],
    [`${topology}/logs/search`, 'get', `?${question}`, null],
    [`${topology}/logs/window`, 'get', '?port=6700&file=worker.log&offset=4', null],
    [`${topology}/kill`, 'post', '', {}],
    [`${topology}/worker/{pid}/threads`, 'post', '', {}],
    [`${topology}/worker/{pid}/profile`, 'post', '', { secs: 1 }],
  ] as const) {
    const headers = { 'content-type': 'application/json' };
    const init = body === null ? {} : { method, headers, body: JSON.stringify(body) };
    const place = path
      .replace('{topology}', 'words')
      .replace('{component}', 'count')
      .replace('{pid}', '1');
    const answer = await fetch(`${url}${place}${rest}`, init);
    expect([path, answer.status]).toEqual([path, 200]);
    expect([path, await problemOf(await answer.json(), schemaOf(path, method) ?? {})]).toEqual([
      path,
      null,
    ]);
  }
});

it('describes the answer of each of its paths', () => {
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { responses }] of Object.entries(operations)) {
      const [kind = '', { schema } = {}] = Object.entries(responses[200].content)[0] ?? [];
      const isDescribed = schema !== undefined || kind !== 'application/json';
      expect([method, path, isDescribed]).toEqual([method, path, true]);
    }
  }
});

it('would notice an answer that is not as described', async () => {
  const schema = schemaOf('/api/gearstorm/drpc', 'get') ?? {};
  expect(await problemOf({ functions: [{ ...functions[0], more: 1 }] }, schema)).toContain('body');
  expect(await problemOf({ functions: [{ ...functions[0], served: 'x' }] }, schema)).toContain(
    'body',
  );
});
