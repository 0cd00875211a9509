// Goal: the credentials of a topology are stored beside it, and told to nobody but its workers.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NotAliveError } from '../../storm-api/index.ts';
import { TestControl } from './topology-manager.fixture.ts';
import type { TopologyManager } from './topology-manager.ts';

let control: TestControl;
let manager: TopologyManager;

beforeEach(async () => {
  control = new TestControl();
  manager = await control.open();
});
afterEach(() => control.remove());

it('are kept for workers only, across a restart', async () => {
  const credentials = new Map([['user', 'secret']]);
  const id = await manager.submit(control.request('word', { credentials }));
  const file = control.engine.deployments.get(id)?.files.credentials ?? '';
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ user: 'secret' });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(JSON.stringify(manager.describe(id))).not.toContain('secret');

  const renewed = new Map([
    ['user', 'other'],
    ['__proto__', 'x'],
  ]);
  await manager.uploadCredentials('word', renewed);
  expect(control.engine.told.at(-1)).toBe(`credentials ${id}`);
  manager.close('restart');
  manager = await control.open();
  const after = control.engine.deployments.get(id)?.files.credentials ?? '';
  expect(readFileSync(after, 'utf8')).toBe('{"user":"other","__proto__":"x"}');
  expect(statSync(after).mode & 0o777).toBe(0o600);
});

it('that nobody gave have no file', async () => {
  const id = await manager.submit(control.request('word'));
  expect(existsSync(control.engine.deployments.get(id)?.files.credentials ?? '')).toBe(false);
  await expect(manager.uploadCredentials('nobody', new Map())).rejects.toThrow(NotAliveError);
});
