import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { modernizePython } from './index.ts';

vi.setConfig({ testTimeout: 90_000 });

const moduleFile = resolve('multilang/storm-py/storm.py');
const starterJar = resolve('build/topologies/storm-starter-0.9.4.jar');
const realPython = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'])
  .toString()
  .trim();

let folder: string;
let resources: string;
let script: string;
let logged: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-modernize-'));
  resources = join(folder, 'resources');
  script = join(resources, 'storm.py');
  logged = [];
  mkdirSync(resources);
  mkdirSync(join(folder, 'bin'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Puts the storm.py that Apache ships in storm-starter 0.9.4 among the resources. */
function unpackStock(): string {
  const program =
    'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extract("resources/storm.py", sys.argv[2])';
  execFileSync('python3', ['-c', program, starterJar, folder]);
  return readFileSync(script, 'utf8');
}

function interpreter(name: string, shellText: string): void {
  const file = join(folder, 'bin', name);
  writeFileSync(file, `#!/bin/sh\n${shellText}\n`);
  chmodSync(file, 0o755);
}

const isRealPython = `exec ${realPython} "$@"`;

function modernize(): Promise<Readonly<Record<string, string>>> {
  const log = (_: object, message: string) => logged.push(message);
  return modernizePython(resources, {
    moduleFile,
    environment: { PATH: join(folder, 'bin') },
    log: { info: log, warn: log },
  });
}

it('leaves the stock module alone when python understands it', async () => {
  const stock = unpackStock();
  interpreter('python', 'exit 0');
  interpreter('python3', isRealPython);
  expect(await modernize()).toEqual({});
  expect(readFileSync(script, 'utf8')).toBe(stock);
  expect(logged).toEqual([]);
});

it('replaces the stock module when python is a Python 3', async () => {
  unpackStock();
  interpreter('python', isRealPython);
  expect(await modernize()).toEqual({});
  expect(readFileSync(script)).toEqual(readFileSync(moduleFile));
  expect(logged).toEqual(['replaced the stock Python 2 storm.py by ours of the same API']);
});

it('lets python3 stand in for a python that is missing, also the second time', async () => {
  unpackStock();
  interpreter('python3', isRealPython);
  const first = await modernize();
  expect(first).toEqual({ PATH: `${join(folder, 'shims')}:${join(folder, 'bin')}` });
  expect(logged).toHaveLength(2);
  expect(await modernize()).toEqual(first);
  const version = execFileSync('python', ['-c', 'import sys; print(sys.version_info[0])'], {
    env: first,
  });
  expect(version.toString()).toBe('3\n');
});

it('believes what python does, not that it is there', async () => {
  unpackStock();
  interpreter('python', 'echo "python: command not found" >&2; exit 127');
  interpreter('python3', isRealPython);
  expect(Object.keys(await modernize())).toEqual(['PATH']);
  expect(readFileSync(script)).toEqual(readFileSync(moduleFile));
});

it('never replaces a module that somebody has changed', async () => {
  const changed = `${unpackStock()}\n# ours\n`;
  writeFileSync(script, changed);
  interpreter('python', isRealPython);
  expect(await modernize()).toEqual({});
  expect(readFileSync(script, 'utf8')).toBe(changed);
  expect(logged).toEqual(['no python or python3 here understands the scripts of this topology']);
});

it('lends python3 to scripts of Python 3 that call python', async () => {
  writeFileSync(join(resources, 'split.py'), 'print("hello")\n');
  interpreter('python3', isRealPython);
  expect(Object.keys(await modernize())).toEqual(['PATH']);
});

it('asks no interpreter when the jar has no Python', async () => {
  writeFileSync(join(resources, 'split.rb'), 'puts 1\n');
  expect(await modernize()).toEqual({});
  rmSync(resources, { recursive: true });
  expect(await modernize()).toEqual({});
  expect(logged).toEqual([]);
});
