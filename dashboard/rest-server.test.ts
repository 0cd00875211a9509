import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { InvalidStateError, StormConf, stormId } from '../storm-api/index.ts';
import { getFrom, openLines } from './loopback.fixture.ts';
import { TestProcesses } from './process-view.fixture.ts';
import { RestServer } from './rest-server.ts';
import { OneTopologyService } from './topology-service.fixture.ts';
import { WorkerProfiling } from './worker-profiling.ts';

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
  await start(true);
});

async function start(actionsEnabled: boolean, uploads = join(folder, 'uploads')): Promise<void> {
  const processes = new TestProcesses();
  server = new RestServer({
    drpc: () => [],
    service,
    ...{ host: '127.0.0.1', port: 0, stormVersion: '0.9.7', pageFolder: 'build/page' },
    actionsEnabled,
    defaultsOf: () => StormConf.empty,
    ...{ processes, profiler: new WorkerProfiling(service, processes) },
    submission: {
      ...{ folder: uploads, refusal: null, submitter: noSubmitter },
      uploadBytesMax: 1 << 20,
    },
    ...{ config: StormConf.empty, ports: { nimbus: 6627, logviewer: 8000 } },
    log: { warn: (facts) => logged.push(facts), error: (facts) => logged.push(facts) },
  });
  ({ port } = await server.start());
}
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

const get = (path: string, headers: Record<string, string> = {}) =>
  getFrom({ port, path, headers });
const open = (path: string) => openLines({ port, path });

it('answers a path that is no text in the form of every other error', async () => {
  const { status, body } = await get('/api/v1/topology/%ff');
  expect(status).toBe(400);
  expect(JSON.parse(body)).toEqual({
    error: 'Request Refused',
    errorMessage: "'/api/v1/topology/%ff' is not a valid url component",
  });
});

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

it('leads from a summary to the topology by the encoded id that is given there', async () => {
  const { topologies } = JSON.parse((await get('/api/v1/topology/summary')).body);
  const { id, encodedId } = topologies[0];
  expect(encodedId).toContain('+');
  expect(JSON.parse((await get(`/api/v1/topology/${encodedId}`)).body)).toMatchObject({ id });
});

it('serves a page that runs only its own script and puts server data in as text', async () => {
  const { body, headers } = await get('/');
  expect(headers['content-security-policy']).toContain("script-src 'self'");
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['x-frame-options']).toBe('DENY');
  expect(body).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=/);
  const sources = readdirSync('dashboard/page', { recursive: true, encoding: 'utf8' });
  const scripts = sources.filter((name) => /\.tsx?$/.test(name));
  expect(scripts.length).toBeGreaterThan(10);
  for (const name of scripts) {
    expect(readFileSync(join('dashboard/page', name), 'utf8'), name).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|dangerously/,
    );
  }
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
  await expect.poll(() => service.listeners.size, { timeout: 20_000 }).toBe(0);
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

it('gives the last lines of all workers whose log is there, and what they say of themselves', async () => {
  const message = '2026-11-22 10:00:00.1 a.B Thread-7-count-executor[3 3] [ERROR] x';
  writeFileSync(join(folder, 'worker.log'), `one\n${message}\n    at a.B\n`);
  const { body } = await get(`${logsPath}?lines=2`);
  const place = { port: 6700, component: 'count', task: 3 };
  const facts = { time: '2026-11-22 10:00:00.1', level: 'ERROR', logger: 'a.B' };
  expect(
    body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { ports: [6700, 6701] },
    { ...place, line: message, ...facts },
    { ...place, line: '    at a.B', time: null, level: null, logger: null },
  ]);
});

it('follows a log across a rotation until the topology is gone', async () => {
  const log = join(folder, 'worker.log');
  writeFileSync(log, 'one\n');
  const lines = await open(`${logsPath}?lines=1&follow=true`);
  expect(await lines.take()).toEqual({ ports: [6700, 6701] });
  expect(await lines.take()).toMatchObject({ port: 6700, line: 'one' });
  appendFileSync(log, 'two\nhal');
  expect(await lines.take()).toMatchObject({ port: 6700, line: 'two' });
  appendFileSync(log, 'f\n');
  expect(await lines.take()).toMatchObject({ port: 6700, line: 'half' });
  renameSync(log, `${log}.1`);
  writeFileSync(log, 'three\n');
  expect(await lines.take()).toMatchObject({ port: 6700, line: 'three' });
  service.isAlive = false;
  await expect(lines.take()).rejects.toThrow();
});

interface Posted {
  readonly status: number;
  readonly answer: unknown;
}

async function post(
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Posted> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: answer.status, answer: await answer.json() };
}

const killPath = `/api/gearstorm/topology/${encodeURIComponent(hostile)}/kill`;

it('does what the page asks, and nothing that a form or a page of another site can send', async () => {
  const kills: unknown[] = [];
  Object.assign(service, {
    kill: async (name: string, waitSecs: number | null) => void kills.push([name, waitSecs]),
  });
  const foreign = await post(killPath, {}, { origin: 'http://evil.example' });
  expect(foreign.status).toBe(403);
  const form = await fetch(`http://127.0.0.1:${port}${killPath}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: '{"waitSecs":0}',
  });
  expect(form.status).toBe(400);
  expect((await get(killPath)).status).toBe(404);
  expect((await post(killPath, { waitSecs: -1 })).status).toBe(400);
  expect((await post(killPath, { waitSecs: 'now' })).status).toBe(400);
  expect(kills).toEqual([]);
  expect((await post(killPath, { waitSecs: 3 })).status).toBe(200);
  expect(kills).toEqual([[hostile, 3]]);
});

it('removes a topology that is listed only because its files are damaged, over both kinds of paths', async () => {
  const kills: unknown[] = [];
  const [alive] = service.cluster().topologies;
  const damaged = { ...alive, id: stormId('cut-2-1'), name: 'cut', problem: 'cannot run' };
  Object.assign(service, {
    damaged: [damaged],
    kill: async (name: string, waitSecs: number | null) => void kills.push([name, waitSecs]),
  });
  expect((await post('/api/gearstorm/topology/cut/kill', {})).status).toBe(200);
  const asStorm = await post('/api/v1/topology/cut-2-1/kill/0', {});
  expect(asStorm).toMatchObject({ status: 200, answer: { topologyId: 'cut-2-1' } });
  expect(kills).toEqual([
    ['cut', null],
    ['cut', 0],
  ]);
  expect((await post('/api/v1/topology/cut-2-1/activate', {})).status).toBe(404);
});

it('starts and stops although uploaded programs cannot be removed', async () => {
  await server.stop();
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const uploads = join(file, 'uploads'); // which nobody can remove, not even root
  await start(true, uploads);
  expect(logged).toMatchObject([{ folder: uploads, err: { code: 'ENOTDIR' } }]);
  expect((await get('/api/v1/cluster/summary')).status).toBe(200);
});

it('takes programs only under names of its own, and only those that it can run', async () => {
  const upload = (name: string) =>
    fetch(
      `http://127.0.0.1:${port}/api/gearstorm/submission/files?name=${encodeURIComponent(name)}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: 'text',
      },
    );
  const taken = await upload('../../../evil.ts');
  expect(taken.status).toBe(200);
  expect(readdirSync(join(folder, 'uploads'))).toEqual([
    `${((await taken.json()) as { file: string }).file}.ts`,
  ]);
  expect((await upload('evil.sh')).status).toBe(400);
  const run = { file: '../../etc/passwd', main: null, args: [], conf: [], mode: 'preview' };
  expect((await post('/api/gearstorm/submission/runs', run)).status).toBe(404);
  expect((await post('/api/gearstorm/submission/runs', { ...run, main: '-version' })).status).toBe(
    400,
  );
});

it('tells a page that comes back to a run of an earlier serve how it ended', async () => {
  const answer = await fetch(`http://127.0.0.1:${port}/api/gearstorm/submission/runs/old/events`);
  expect(await answer.text()).toMatch(
    /^event: end\ndata: .*"This run is forgotten: .*\n\nevent: gone/,
  );
});

it('removes what users uploaded to a serve that was killed', async () => {
  await server.stop();
  const left = join(folder, 'uploads', 'left.jar');
  mkdirSync(join(folder, 'uploads'));
  writeFileSync(left, '');
  await start(true);
  expect(existsSync(left)).toBe(false);
});

it('looks into processes that are its workers and restarts them, no others', async () => {
  const path = (pid: number) =>
    `/api/gearstorm/topology/${encodeURIComponent(hostile)}/worker/${pid}/threads`;
  expect(await post(path(1), {})).toEqual({ status: 200, answer: { text: 'main of 1 runs' } });
  expect((await post(path(2), {})).status).toBe(404);
  const profile = (pid: number) => path(pid).replace('/threads', '/profile');
  expect((await post(profile(1), { secs: 1 })).answer).toMatchObject({ samples: 1 });
  expect((await post(profile(2), { secs: 1 })).status).toBe(404);
  expect((await post(profile(1), { secs: 1000 })).status).toBe(400);
  const restart = (pid: number) => path(pid).replace('/threads', '/restart');
  expect((await post(restart(1), {})).status).toBe(200);
  expect((await post(restart(2), {})).status).toBe(404);
});

it('changes nothing where actions are switched off, over any path', async () => {
  await server.stop();
  await start(false);
  const name = encodeURIComponent(hostile);
  for (const path of [
    killPath,
    `/api/v1/topology/${name}/kill/0`,
    `/api/v1/topology/${name}/activate`,
    `/api/v1/topology/${name}/profiling/restartworker/here:6700`,
    `/api/gearstorm/topology/${name}/worker/1/restart`,
  ]) {
    expect((await post(path, {})).status, path).toBe(403);
  }
  expect((await get('/api/v1/topology/summary')).status).toBe(200);
});
