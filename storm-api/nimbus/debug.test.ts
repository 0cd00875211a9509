import { afterEach, beforeEach, expect, it } from 'vitest';
import { NimbusFixture } from './nimbus.fixture.ts';
import type { NimbusClient } from './nimbus-client.ts';

const id = 'words-1-1700000000';

let nimbus: NimbusFixture;
let client: NimbusClient;

beforeEach(async () => {
  nimbus = await NimbusFixture.start();
  client = await nimbus.clientWithWords();
});
afterEach(() => nimbus.stop());

const component = () =>
  client.call('getComponentPageInfo', {
    ...{ topology_id: id, component_id: 'count', window: ':all-time', is_include_sys: false },
  });

it('event logging is asked for by component, and by no component for all of them', async () => {
  expect(await component()).not.toHaveProperty('debug_options');
  expect(await component()).not.toHaveProperty('eventlog_port');
  const share = { enable: true, samplingPercentage: 12.5 };
  await client.call('debug', { name: id, component: '', ...share });
  await client.call('debug', { name: id, component: 'count', ...share });
  const options = { enabled: true, samplingPercent: 12.5 };
  expect(nimbus.service.debugging).toEqual([
    { component: null, ...options },
    { component: 'count', ...options },
  ]);
  const debug_options = { enable: true, samplingpct: 12.5 };
  expect(await component()).toMatchObject({
    ...{ debug_options, eventlog_host: 'localhost', eventlog_port: 6700 },
  });
  const page = { id, window: ':all-time', is_include_sys: false };
  expect(await client.call('getTopologyPageInfo', page)).toMatchObject({ debug_options });
});

it('event logging of more than everything, or of what is not there, is refused', async () => {
  const options = { component: '', enable: true, samplingPercentage: 101 };
  await expect(client.call('debug', { name: id, ...options })).rejects.toThrow(
    '101 is no percentage from 0 to 100',
  );
  const sane = { ...options, samplingPercentage: 1 };
  await expect(client.call('debug', { name: 'none-1-1', ...sane })).rejects.toThrow('not alive');
});
