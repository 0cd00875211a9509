import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LocalDirectory } from './local-directory.ts';

let path: string;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'gearstorm-local-'));
});

afterEach(() => rmSync(path, { recursive: true }));

const folders = ['blobs', 'topologies', 'workers', 'logs'];
const modes = () => folders.map((name) => statSync(join(path, name)).mode & 0o777);

it.each([0o000, 0o022, 0o077])('lets nobody else in, whatever the umask is (%o)', async (umask) => {
  const before = process.umask(umask);
  try {
    await LocalDirectory.open(path);
  } finally {
    process.umask(before);
  }
  expect(modes()).toEqual([0o700, 0o700, 0o700, 0o700]);
});

it('closes folders that somebody else left open', async () => {
  for (const name of folders) {
    mkdirSync(join(path, name));
    chmodSync(join(path, name), 0o777);
  }
  await LocalDirectory.open(path);
  expect(modes()).toEqual([0o700, 0o700, 0o700, 0o700]);
});

it('says that a folder in it leads nowhere', async () => {
  symlinkSync('/nowhere/at/all', join(path, 'logs'));
  await expect(LocalDirectory.open(path)).rejects.toThrow(`storm.local.dir ${path} cannot be used`);
});
