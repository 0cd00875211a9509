import { afterEach, beforeEach, expect, it } from 'vitest';
import { StormServer } from './storm-server.fixture.ts';

const id = 'words-1-1700000000';

let server: StormServer;
beforeEach(async () => {
  server = await StormServer.start('2.8.3');
});
afterEach(() => server.stop());

it('turns event logging of a topology on and off, in the words of Storm', async () => {
  const on = await server.post(`/topology/${id}/debug/enable/25`);
  const success = { topologyId: id, status: 'success' };
  expect(JSON.parse(on.text)).toEqual({ ...success, topologyOperation: 'debug/enable' });
  const options = { component: null, enabled: true, samplingPercent: 25 };
  expect(server.service.debugging).toEqual([options]);
  expect(await server.page(`/topology/${id}`)).toMatchObject({ debug: true, samplingPct: 25 });
  await server.post(`/topology/words/debug/disable/0`);
  expect(await server.page(`/topology/${id}`)).toMatchObject({ debug: false, samplingPct: 0 });
});

it('turns it on for one component, and says where its events are read', async () => {
  const path = `/topology/${id}/component/count`;
  expect(await server.page(path)).toMatchObject({ debug: false, eventLogLink: null });
  const on = await server.post(`${path}/debug/enable/12.5`);
  expect(JSON.parse(on.text).topologyOperation).toBe('/component/count/debug/enable');
  expect(await server.page(path)).toMatchObject({
    ...{ debug: true, samplingPct: 12.5 },
    eventLogLink: `http://here:8000/log?file=${id}%2F6700%2Fevents.log`,
  });
  expect(await server.page(`/topology/${id}/component/words`)).toMatchObject({
    eventLogLink: null,
  });
});

it.each([
  ['POST', 'debug/perhaps/10', 400],
  ['POST', 'debug/enable/much', 400],
  ['POST', 'debug/enable/101', 400],
  ['GET', 'debug/enable/10', 404],
])('refuses %s %s', async (method, path, status) => {
  const answer = await fetch(`${server.url}/topology/${id}/${path}`, { method });
  expect(answer.status).toBe(status);
  expect(await answer.json()).toHaveProperty('errorMessage');
  expect(server.service.debugging).toEqual([]);
});
