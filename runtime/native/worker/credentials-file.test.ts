import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CredentialsFile } from './credentials-file.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-credentials-'));
  path = join(folder, 'credentials.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a file that says nothing new is not told again', () => {
  const file = new CredentialsFile(path);
  expect(file.readNew()).toBeNull();
  writeFileSync(path, '{"user":"secret"}');
  expect(file.readNew()).toEqual(new Map([['user', 'secret']]));
  writeFileSync(path, '{"user":"secret"}');
  expect(file.readNew()).toBeNull();
  writeFileSync(path, '{"user":"other","__proto__":"x"}');
  const replaced = file.readNew() ?? new Map();
  expect([...replaced]).toEqual([
    ['user', 'other'],
    ['__proto__', 'x'],
  ]);
});

it('a file that is no JSON is an error, and is read again when it is', () => {
  const file = new CredentialsFile(path);
  writeFileSync(path, '{"user":');
  expect(() => file.readNew()).toThrow(SyntaxError);
  writeFileSync(path, '{"user":"secret"}');
  expect(file.readNew()).toEqual(new Map([['user', 'secret']]));
});
