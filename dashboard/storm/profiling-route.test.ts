import { afterEach, beforeEach, expect, it } from 'vitest';
import { StormServer } from './storm-server.fixture.ts';

const id = 'words-1-1700000000';

let server: StormServer;
beforeEach(async () => {
  server = await StormServer.start('0.9.7');
});
afterEach(() => server.stop());

it('dumps the threads of a worker on the path of Storm, by host and port', async () => {
  const path = `/topology/${id}/profiling/dumpjstack`;
  const { status, text } = await server.post(`${path}/here:6700`);
  expect(status).toBe(200);
  expect(JSON.parse(text)).toEqual({ id: 'here:6700', status: 'ok', threads: 'main of 1 runs' });
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
  expect(server.restarted).toEqual([1]);
});
