import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ProductPaths } from './product-paths.ts';

let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'gearstorm-local-control-'));
});

afterEach(() => {
  rmSync(parent, { recursive: true, force: true });
});

it('says why it does not start, and leaves no folder to whoever may be gone', () => {
  const folder = join(parent, 'cluster');
  mkdirSync(folder);
  const missing = join(parent, 'missing.yaml');
  const words = [new ProductPaths().localControl, folder, join(folder, 'socket')];
  const { stdout, status } = spawnSync(process.execPath, [...words, '--config', missing], {
    encoding: 'utf8',
  });
  expect(JSON.parse(stdout)).toEqual({ error: expect.stringContaining(missing) });
  expect(status).toBe(1);
  expect(existsSync(folder)).toBe(false);
});
