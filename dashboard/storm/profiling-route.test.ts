import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dumpsFolder } from '../worker-dumps.ts';
import { StormServer } from './storm-server.fixture.ts';

const id = 'words-1-1700000000';

let server: StormServer;
beforeEach(async () => {
  server = await StormServer.start('0.9.7');
});
afterEach(() => server.stop());

const dumplink = `http://here:8000/dumps/${id}/here:6700`;
const folder = () => dumpsFolder(server.logFile);
/** Names and texts of what was left. */
const dumps = () =>
  readdirSync(folder()).map((name) => [name, readFileSync(join(folder(), name), 'utf8')]);

it.each([
  ['start/here:6700/10', '10 minutes of 1', 'jfr'],
  ['dumpprofile/here:6700', '1 goes on', 'jfr'],
  ['dumpheap/here:6700', 'heap of 1', 'bin'],
])('profiling/%s leaves a file beside the log, and says where', async (path, text, extension) => {
  const answer = await server.post(`/topology/${id}/profiling/${path}`);
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.text)).toEqual({
    ...{ id: 'here:6700', status: 'ok', dumplink },
    ...(path.startsWith('start') ? { timeout: '10' } : {}),
  });
  const name = new RegExp(`^recording-1-\\d{8}-\\d{6}\\.${extension}$`);
  expect(dumps()).toEqual([[expect.stringMatching(name), text]]);
});

it('ends a recording, whose file is there since it was begun', async () => {
  const answer = await server.post(`/topology/${id}/profiling/stop/here:6700`);
  expect(JSON.parse(answer.text)).toEqual({ id: 'here:6700', status: 'ok', dumplink });
  expect(server.processes.stopped).toEqual([1]);
});

it('keeps the ten newest dumps of a worker', async () => {
  mkdirSync(folder(), { recursive: true });
  const name = (index: number) => `jstack-${9 - index}-20010101-00000${index}.txt`;
  for (let index = 0; index < 10; index++) writeFileSync(join(folder(), name(index)), '');
  await server.post(`/topology/${id}/profiling/dumpheap/here:6700`);
  expect(dumps()).toHaveLength(10);
  expect(dumps().map(([each]) => each)).not.toContain(name(0));
});

it.each([
  ['start/here:6700/0', 400],
  ['start/here:6700/soon', 400],
  ['dumpheap/here:1', 404],
  ['dumpheap/there:6700', 404],
])('refuses profiling/%s', async (path, status) => {
  expect((await server.post(`/topology/${id}/profiling/${path}`)).status).toBe(status);
});

it('tells in a sentence what cannot be had', async () => {
  Object.assign(server.processes, { heap: () => Promise.reject(new Error('it is no Java')) });
  const { status, text } = await server.post(`/topology/${id}/profiling/dumpheap/here:6700`);
  expect([status, JSON.parse(text).errorMessage]).toEqual([409, 'it is no Java']);
});

it('dumps the threads of a worker on the path of Storm, by host and port', async () => {
  const path = `/topology/${id}/profiling/dumpjstack`;
  const { status, text } = await server.post(`${path}/here:6700`);
  expect(status).toBe(200);
  expect(JSON.parse(text)).toEqual({
    ...{ id: 'here:6700', status: 'ok', threads: 'main of 1 runs', dumplink },
  });
  expect(dumps()).toEqual([
    [expect.stringMatching(/^jstack-1-\d{8}-\d{6}\.txt$/), 'main of 1 runs'],
  ]);
  expect((await server.post(`${path}/here:1`)).status).toBe(404);
  expect((await server.get(`${path}/here:6700`)).status).toBe(404);
});

it('starts a worker anew on the path of Storm, by host and port', async () => {
  const path = `/topology/${id}/profiling/restartworker`;
  const { status, text } = await server.post(`${path}/here:6700`);
  expect(status).toBe(200);
  expect(JSON.parse(text)).toEqual({ id: 'here:6700', status: 'ok' });
  expect((await server.post(`${path}/here:1`)).status).toBe(404);
  expect((await server.get(`${path}/here:6700`)).status).toBe(404);
  expect(server.processes.restarted).toEqual([1]);
});

it('a component tells which of its workers record, and for how long still', async () => {
  await server.stop();
  server = await StormServer.start('1.2.4');
  const active = async (component: string) =>
    (await server.page(`/topology/${id}/component/${component}`)).profilerActive;
  expect(await active('count')).toEqual([]);
  await server.post(`/topology/${id}/profiling/start/here:6700/10`);
  const [recording, ...others] = await active('count');
  expect(recording).toEqual({
    host: 'here',
    port: '6700',
    dumplink,
    timestamp: expect.any(String),
  });
  expect(Number(recording.timestamp)).toBeGreaterThan(9 * 60_000);
  expect(Number(recording.timestamp)).toBeLessThanOrEqual(10 * 60_000);
  expect(others).toEqual([]);
  await server.post(`/topology/${id}/profiling/stop/here:6700`);
  expect(await active('count')).toEqual([]);
});
