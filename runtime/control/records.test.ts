import { expect, it } from 'vitest';
import { MemoryStore } from '../store/index.ts';
import { Records } from './records.ts';

it('names a record that it cannot read and leaves none out', async () => {
  const store = new MemoryStore();
  const epoch = (await store.claim('test', 60_000)) ?? 0;
  await store.put(epoch, 'topology/old-1-1', '{"stormId":"old-1-1"}');
  await expect(Records.topologiesIn(store)).rejects.toThrow(
    "the store's record topology/old-1-1 cannot be read",
  );
});

it('reads records of a time before DRPC, isolated components and transactional ids', async () => {
  const store = new MemoryStore();
  const epoch = (await store.claim('test', 60_000)) ?? 0;
  const old = {
    ...{ stormId: 'old-1-1', name: 'old', submittedAtMs: 1, lifecycle: { status: 'ACTIVE' } },
    parallelism: { workers: 1, executors: {} },
  };
  await store.put(epoch, 'topology/old-1-1', JSON.stringify(old));
  const parallelism = { ...old.parallelism, isolated: [] };
  const later = {
    parallelism,
    hasJar: null,
    drpcSpouts: [],
    logLevels: [],
    debugging: [],
    statePlaces: [],
  };
  expect(await Records.topologiesIn(store)).toEqual([{ ...old, ...later }]);
});
