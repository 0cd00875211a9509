import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeLocalDirectory } from './local-directory.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-local-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('makes the folders that are missing, for us alone', async () => {
  const deep = join(folder, 'a', 'b');
  await makeLocalDirectory(deep);
  await makeLocalDirectory(deep);
  expect(statSync(deep).mode & 0o777).toBe(0o700);
});

it('says in one sentence why it cannot, also where a folder can never be made', async () => {
  writeFileSync(join(folder, 'file'), '');
  for (const path of [join(folder, 'file'), join(folder, 'file', 'below'), '/proc/none/below']) {
    await expect(makeLocalDirectory(path)).rejects.toThrow(
      `storm.local.dir ${path} cannot be made`,
    );
  }
});

it('refuses a path that a class path cannot hold', async () => {
  const path = join(folder, 'a:b');
  await expect(makeLocalDirectory(path)).rejects.toThrow(`storm.local.dir ${path} has a ":" in it`);
});
