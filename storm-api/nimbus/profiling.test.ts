import { afterEach, beforeEach, expect, it } from 'vitest';
import { NimbusFixture } from './nimbus.fixture.ts';
import type { NimbusClient } from './nimbus-client.ts';

const id = 'words-1-1700000000';
const worker = 'localhost:6700';
const nodeInfo = { node: 'localhost', port: [6700n] };

let nimbus: NimbusFixture;
let client: NimbusClient;

beforeEach(async () => {
  nimbus = await NimbusFixture.start();
  client = await nimbus.clientWithWords();
});
afterEach(() => nimbus.stop());

it.each([
  ['JPROFILE_STOP', 0, ['stop', id, worker]],
  ['JPROFILE_STOP', 9.5, ['start', id, worker, 10]],
  ['JPROFILE_START', 9.5, ['start', id, worker, 10]],
  ['JPROFILE_DUMP', 0, ['dump', id, worker]],
  ['JMAP_DUMP', 0, ['heap', id, worker]],
  ['JSTACK_DUMP', 0, ['threads', id, worker]],
  ['JVM_RESTART', 0, ['restart', id, worker]],
] as const)('%s in %d minutes is done as Storm means it', async (action, minutes, call) => {
  const time_stamp = BigInt(Math.round(Date.now() + 60_000 * minutes));
  await client.call('setWorkerProfiler', { id, profileRequest: { nodeInfo, action, time_stamp } });
  expect(nimbus.profiler.calls).toEqual([call]);
});

it('tells which recordings of a component go on, and until when', async () => {
  const ask = (component_id: string, action: 'JPROFILE_STOP' | 'JMAP_DUMP') =>
    client.call('getComponentPendingProfileActions', { id, component_id, action });
  expect(await ask('count', 'JPROFILE_STOP')).toEqual([]);
  nimbus.profiler.active.push({ host: 'localhost', port: 6700, untilMs: 1_700_000_600_000 });
  expect(await ask('count', 'JPROFILE_STOP')).toEqual([
    { nodeInfo, action: 'JPROFILE_STOP', time_stamp: 1_700_000_600_000n },
  ]);
  expect(await ask('words', 'JPROFILE_STOP')).toEqual([]);
  expect(await ask('count', 'JMAP_DUMP')).toEqual([]);
});

it('says in a sentence which worker or topology is not there', async () => {
  const request = { nodeInfo, action: 'JMAP_DUMP' } as const;
  const elsewhere = { ...request, nodeInfo: { node: 'localhost', port: [1n] } };
  await expect(client.call('setWorkerProfiler', { id, profileRequest: elsewhere })).rejects.toThrow(
    'no worker runs there',
  );
  await expect(
    client.call('setWorkerProfiler', { id: 'none-1-1', profileRequest: request }),
  ).rejects.toThrow('not alive');
});
