import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LogFile } from './log-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-log-file-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

it('goes on where an earlier serve ended, and keeps four older parts at most', () => {
  const logs = join(folder, 'logs');
  for (let line = 0; line < 20; line++) new LogFile(logs, 20).write(`line ${line}\n`);
  const names = readdirSync(logs).sort();
  expect(names).toEqual(['nimbus.log', ...[1, 2, 3, 4].map((part) => `nimbus.log.${part}`)]);
  const newestLast = names.toReversed().map((name) => readFileSync(join(logs, name), 'utf8'));
  expect(newestLast.join('')).toMatch(/^line \d+\n(.*\n)*line 18\nline 19\n$/);
});

it('leaves out what cannot be written, and goes on when it can', () => {
  const log = new LogFile(join(folder, 'later', 'logs'));
  expect(() => log.write('lost\n')).not.toThrow();
  mkdirSync(join(folder, 'later'));
  log.write('kept\n');
  expect(readFileSync(join(folder, 'later', 'logs', 'nimbus.log'), 'utf8')).toBe('kept\n');
});
