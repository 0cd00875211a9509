import { afterEach, beforeEach, expect, it } from 'vitest';
import { NimbusFixture } from './nimbus.fixture.ts';
import type { NimbusClient } from './nimbus-client.ts';
import { toWorkerSummaries } from './worker-summaries.ts';

const id = 'words-1-1700000000';

let nimbus: NimbusFixture;
let client: NimbusClient;

beforeEach(async () => {
  nimbus = await NimbusFixture.start();
  client = await nimbus.clientWithWords();
});
afterEach(() => nimbus.stop());

it('tells what executors ask for to clients that read it unseen', async () => {
  const { supervisors, topologies } = await client.call('getClusterInfo', {});
  expect(supervisors[0]).toMatchObject({ used_mem: 288, used_cpu: 20 });
  expect(supervisors[0]?.total_resources?.get('memory.mb')).toBe(4096);
  const sums = { requested_memonheap: 384, requested_memoffheap: 64, requested_cpu: 30 };
  const placed = { assigned_memonheap: 256, assigned_memoffheap: 32, assigned_cpu: 20 };
  expect(topologies).toMatchObject([{ ...sums, ...placed }]);
  const page = { id, window: ':all-time', is_include_sys: true };
  const shown = await client.call('getTopologyPageInfo', page);
  expect(shown).toMatchObject({ ...sums, ...placed });
  const [owner] = await client.call('getOwnerResourceSummaries', {});
  expect(owner).toMatchObject({ memory_usage: 288, requested_total_memory: 448 });
  const { resources_map } = await client.call('getComponentPageInfo', {
    ...{ topology_id: id, component_id: 'count', window: ':all-time', is_include_sys: true },
  });
  expect(resources_map?.get('onheap.memory.mb')).toBe(128);
  expect(resources_map?.get('topology.component.cpu.pcore.percent')).toBe(10);
});

it('tells what the executors of a worker ask for', () => {
  const worker = { host: 'localhost', port: 6700, pid: 1, state: 'running', restarts: 0 } as const;
  const rest = { uptimeSecs: 1, restartsAtMs: null, lastExit: null, logFile: '' };
  const topology = { ...nimbus.service.describe(id), workerList: [{ ...worker, ...rest }] };
  const asked = { requested_memonheap: 256, assigned_memonheap: 256, assigned_cpu: 20 };
  expect(toWorkerSummaries(topology, 'one')).toMatchObject([{ num_executors: 2, ...asked }]);
});
