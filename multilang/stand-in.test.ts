import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runnableCommand } from './stand-in.ts';

const realPython = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'])
  .toString()
  .trim();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-stand-in-'));
  program('python3', `exec ${realPython} "$@"`);
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string, shellText: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${shellText}\n`);
  chmodSync(file, 0o755);
  return file;
}

it.each(['python2', 'python2.7', '/no/such/python', '/no/such/bin/python2'])(
  'python3 stands in for a %s that is not there',
  (name) => {
    expect(runnableCommand([name, 'split.py', '-v'], folder)).toEqual([
      'python3',
      'split.py',
      '-v',
    ]);
  },
);

it('a front for an interpreter that is not installed is none', () => {
  program('python2', 'exit 127');
  expect(runnableCommand(['python2', 'split.py'], folder)).toEqual(['python3', 'split.py']);
});

it('what runs is left alone, and so is everything that is no Python', () => {
  const file = program('python', `exec ${realPython} "$@"`);
  program('python2', `exec ${realPython} "$@"`);
  for (const name of [file, 'python2', 'ruby', 'python', '/no/such/ruby', 'python3.11']) {
    expect(runnableCommand([name, 'split'], folder)).toEqual([name, 'split']);
  }
});

it('where there is no Python at all the command stays what the user wrote', () => {
  rmSync(join(folder, 'python3'));
  expect(runnableCommand(['python2', 'split.py'], folder)).toEqual(['python2', 'split.py']);
});
