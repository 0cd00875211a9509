import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { InvalidStateError, StormConf } from '../storm-api/index.ts';
import { RestServer } from './rest-server.ts';
import { OneTopologyService } from './topology-service.fixture.ts';

const hostile = '<img src=x onerror=alert(1)>';

let folder: string;
let service: OneTopologyService;
let server: RestServer;
let port: number;
let logged: object[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-rest-'));
  logged = [];
  service = new OneTopologyService(hostile, join(folder, 'worker.log'));
  server = new RestServer({
    drpc: () => [],
    service,
    ...{ host: '127.0.0.1', port: 0, stormVersion: '0.9.7', pageFolder: folder },
    actionsEnabled: true,
    defaultsOf: () => StormConf.empty,
    threadDump: async () => 'main runs',
    submission: { folder: join(folder, 'uploads'), refusal: null, submitter: noSubmitter },
    ...{ config: StormConf.empty, ports: { nimbus: 6627, logviewer: 8000 } },
    log: { error: (facts) => logged.push(facts) },
  });
  ({ port } = await server.start());
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const noSubmitter = {
  mainsOf: async () => [],
  start: async () => {
    throw new Error('not asked for here');
  },
};

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

function get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    asked.on('error', reject).end();
  });
}

/** Lines of an endless answer; `take` resolves with the next one. */
async function open(path: string) {
  const lines = await new Promise<AsyncIterator<string>>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path }, (answer) => {
      resolve(linesOf(answer.setEncoding('utf8')));
    });
    asked.on('error', reject).end();
  });
  return {
    take: async () => JSON.parse((await lines.next()).value),
    close: () => lines.return?.(),
  };
}

async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}

it("answers Storm 0.9's cluster summary with its very keys", async () => {
  const { status, headers, body } = await get('/api/v1/cluster/summary');
  expect(status).toBe(200);
  expect(headers['content-type']).toMatch(/^application\/json/);
  expect(JSON.parse(body)).toEqual({
    stormVersion: '0.9.7',
    nimbusUptime: '1h 1m 1s',
    ...{ supervisors: 1, slotsTotal: 4, slotsUsed: 1, slotsFree: 3 },
    ...{ executorsTotal: 4, tasksTotal: 5 },
  });
});

it("answers Storm 0.9's topology summary with its very keys", async () => {
  const { body } = await get('/api/v1/topology/summary');
  const id = `${hostile}-1-1700000000`;
  expect(JSON.parse(body)).toEqual({
    topologies: [
      {
        ...{
          id,
          encodedId: '%3Cimg+src%3Dx+onerror%3Dalert%281%29%3E-1-1700000000',
          name: hostile,
          status: 'ACTIVE',
        },
        ...{ uptime: '1d 1h 1m 1s', tasksTotal: 5, workersTotal: 1, executorsTotal: 4 },
      },
    ],
  });
});

it('serves a page that runs only its own script and puts server data in as text', async () => {
  const { body, headers } = await get('/');
  expect(headers['content-security-policy']).toContain("script-src 'self'");
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['x-frame-options']).toBe('DENY');
  expect(body).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=/);
  const script = readFileSync('dashboard/page/page.js', 'utf8');
  expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval/);
});

it('never answers a hostile name as anything a browser would run', async () => {
  for (const path of ['/api/gearstorm/live', '/api/v1/topology/summary']) {
    const { headers, body } = await get(path);
    expect(body).toContain(hostile.replaceAll('"', '\\"'));
    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  }
  const refused = await get(`/api/gearstorm/topology/${encodeURIComponent('<b>')}/logs`);
  expect(refused.status).toBe(404);
  expect(refused.headers['content-type']).toMatch(/^application\/json/);
});

it('says that the state of a topology does not allow it', async () => {
  service.cluster = () => {
    throw new InvalidStateError('word is being rebalanced');
  };
  const refused = await get('/api/gearstorm/live');
  expect(refused.status).toBe(409);
  expect(JSON.parse(refused.body)).toMatchObject({ errorMessage: 'word is being rebalanced' });
});

it('refuses a Host whose name is not ours, as after DNS rebinding', async () => {
  expect((await get('/', { host: 'evil.example:8080' })).status).toBe(403);
  for (const host of ['localhost:1', '127.0.0.1', '[::1]:8080']) {
    expect((await get('/', { host })).status).toBe(200);
  }
});

it('refuses the pages of other origins', async () => {
  const path = '/api/v1/cluster/summary';
  expect((await get(path, { origin: 'http://evil.example' })).status).toBe(403);
  expect((await get(path, { origin: 'null' })).status).toBe(403);
  expect(
    (await get(path, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).status,
  ).toBe(403);
  expect((await get(path, { origin: `http://127.0.0.1:${port}` })).status).toBe(200);
  expect(
    (await get('/', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).status,
  ).toBe(200);
});

it("reports failures in Storm's form and keeps the stack to itself", async () => {
  service.cluster = () => {
    throw new Error('secret inside');
  };
  const { status, body } = await get('/api/v1/cluster/summary');
  expect(status).toBe(500);
  expect(JSON.parse(body)).toEqual({
    error: 'Internal Server Error',
    errorMessage: 'see the log of gearstorm serve',
  });
  expect(logged).toHaveLength(1);
});

const peekPath = `/api/gearstorm/topology/${encodeURIComponent(hostile)}/peek`;

it('streams peeked tuples, tells what was missed and why it ended', async () => {
  const lines = await open(`${peekPath}?component=count&all=true`);
  expect(await lines.take()).toEqual({ peek: 'started' });
  expect(service.peeked).toEqual([{ component: 'count', stream: null, all: true }]);
  service.send(['a', 1], 0);
  expect(await lines.take()).toEqual({ task: 3, stream: 'default', timeMs: 1, values: ['a', 1] });
  service.send(['b', 1], 7);
  expect(await lines.take()).toMatchObject({ values: ['b', 1] });
  expect(await lines.take()).toEqual({ missed: 7 });
  for (const each of service.listeners) each.onEnd('killed', true);
  expect(await lines.take()).toEqual({ end: 'killed', complete: true });
});

it('stops tapping when the reader goes away', async () => {
  const lines = await open(`${peekPath}?component=count`);
  await lines.take();
  expect(service.listeners.size).toBe(1);
  await lines.close();
  await expect.poll(() => service.listeners.size).toBe(0);
});

it('refuses to peek at what is not there, with a sentence', async () => {
  expect(await get('/api/gearstorm/topology/none/peek?component=count')).toMatchObject({
    status: 404,
    body: expect.stringContaining('none is not alive'),
  });
  expect(await get(`${peekPath}?component=nope`)).toMatchObject({
    status: 400,
    body: expect.stringContaining('no such component'),
  });
  expect((await get(peekPath)).status).toBe(400);
});

const logsPath = `/api/gearstorm/topology/${encodeURIComponent(hostile)}/logs`;

it('gives the last lines of all workers whose log is there', async () => {
  writeFileSync(join(folder, 'worker.log'), 'one\ntwo\nthree\n');
  const { body } = await get(`${logsPath}?lines=2`);
  expect(
    body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([{ ports: [6700, 6701] }, { port: 6700, line: 'two' }, { port: 6700, line: 'three' }]);
});

it('follows a log across a rotation until the topology is gone', async () => {
  const log = join(folder, 'worker.log');
  writeFileSync(log, 'one\n');
  const lines = await open(`${logsPath}?lines=1&follow=true`);
  expect(await lines.take()).toEqual({ ports: [6700, 6701] });
  expect(await lines.take()).toEqual({ port: 6700, line: 'one' });
  appendFileSync(log, 'two\nhal');
  expect(await lines.take()).toEqual({ port: 6700, line: 'two' });
  appendFileSync(log, 'f\n');
  expect(await lines.take()).toEqual({ port: 6700, line: 'half' });
  renameSync(log, `${log}.1`);
  writeFileSync(log, 'three\n');
  expect(await lines.take()).toEqual({ port: 6700, line: 'three' });
  service.isAlive = false;
  await expect(lines.take()).rejects.toThrow();
});
