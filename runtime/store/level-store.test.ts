import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { StoreLockedError, StoreUnavailableError } from './errors.ts';
import { LevelStore } from './level-store.ts';
import { metadataStoreContract } from './metadata-store.contract.ts';

metadataStoreContract('LevelStore', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'level-store-'));
  let nowMs = 0;
  const store = await LevelStore.open(directory, () => nowMs);
  return {
    first: store,
    second: store,
    async expireLease() {
      nowMs += 1e9;
    },
    async tearDown() {
      await store.close();
      await rm(directory, { recursive: true });
    },
  };
});

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'level-store-'));
});
afterEach(() => rm(directory, { recursive: true }));

it('keeps entries and epochs, but no lease, when it is opened again', async () => {
  const before = await LevelStore.open(directory);
  const epoch = (await before.claim('a', 60_000)) ?? 0;
  await before.put(epoch, 'k', 'v');
  await before.close();

  const after = await LevelStore.open(directory);
  expect(await after.get('k')).toBe('v');
  expect(await after.claim('b', 60_000)).toBe(epoch + 1);
  await after.close();
});

it('names the process that has the directory', async () => {
  const holder = await LevelStore.open(directory);
  const attempt = LevelStore.open(directory);
  await expect(attempt).rejects.toThrow(StoreLockedError);
  await expect(attempt).rejects.toThrow(
    `another gearstorm serve uses ${directory} (pid ${process.pid})`,
  );
  expect(await holder.get('k')).toBeNull();
  await holder.close();
});

it('makes its directory for its user only', async () => {
  const inside = join(directory, 'a', 'b');
  const store = await LevelStore.open(inside);
  expect((await stat(inside)).mode & 0o777).toBe(0o700);
  await store.close();
});

it('says where it cannot be opened', async () => {
  const file = join(directory, 'file');
  await writeFile(file, '');
  const attempt = LevelStore.open(join(file, 'store'));
  await expect(attempt).rejects.toThrow(StoreUnavailableError);
  await expect(attempt).rejects.toThrow(`cannot open the store in ${join(file, 'store')}`);
});

it('says so when it is used after its end', async () => {
  const store = await LevelStore.open(directory);
  await store.close();
  await expect(store.get('k')).rejects.toThrow(StoreUnavailableError);
  await expect(store.put(1, 'k', 'v')).rejects.toThrow(StoreUnavailableError);
});
