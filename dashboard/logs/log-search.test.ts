import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { OneTopologyService } from '../topology-service.fixture.ts';
import { logFileNamed, logFilesOf } from './log-files.ts';
import { searchLogs, windowAround } from './log-search.ts';

let folder: string;
let service: OneTopologyService;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-logs-'));
  service = new OneTopologyService('words', join(folder, 'worker.log'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function files() {
  const [topology] = service.cluster().topologies;
  if (topology === undefined) throw new Error('the fixture has one');
  return await logFilesOf(service, topology.id);
}

it('finds a text in the log, its older parts and what was printed past it, oldest first', async () => {
  writeFileSync(join(folder, 'worker.log'), 'new needle\nother\n');
  writeFileSync(join(folder, 'worker.log.1'), 'older needle\n');
  writeFileSync(join(folder, 'worker.log.2'), 'oldest needle\n');
  writeFileSync(join(folder, 'secret.txt'), 'needle\n');
  const { lines, complete } = await searchLogs(await files(), 'needle');
  expect(complete).toBe(true);
  expect(lines.map(({ line, file }) => `${file}: ${line}`)).toEqual([
    'worker.log.2: oldest needle',
    'worker.log.1: older needle',
    'worker.log: new needle',
  ]);
});

it('tells the newest of many lines and that there were more', async () => {
  const all = Array.from({ length: 1000 }, (_, index) => `needle ${index}`);
  writeFileSync(join(folder, 'worker.log'), `${all.join('\n')}\n`);
  const { lines, complete } = await searchLogs(await files(), 'needle');
  expect(complete).toBe(false);
  expect(lines).toHaveLength(200);
  expect(lines.at(-1)?.line).toBe('needle 999');
});

it('shows what stands around a line by where it begins, also across pieces of a large file', async () => {
  const all = Array.from({ length: 20_000 }, (_, index) => `line ${index} ${'ä'.repeat(20)}`);
  writeFileSync(join(folder, 'worker.log'), all.join('\n'));
  const [found] = (await searchLogs(await files(), 'line 15000 ')).lines;
  const [file] = await files();
  if (found === undefined || file === undefined) throw new Error('not found');
  const { before, line, after } = await windowAround(file, found.offset);
  expect(line).toBe(all[15_000]);
  expect(before.at(-1)).toBe(all[14_999]);
  expect(after[0]).toBe(all[15_001]);
  expect(before).toEqual(all.slice(14_960, 15_000));
});

it('opens nothing but the logs of the topology, whatever name it is asked for', async () => {
  const [topology] = service.cluster().topologies;
  if (topology === undefined) throw new Error('the fixture has one');
  writeFileSync(join(folder, 'worker.log'), 'x\n');
  symlinkSync('/etc/passwd', join(folder, 'worker.log.1'));
  const names = ['../worker.log', '/etc/passwd', 'secret.txt', 'worker.log.1', '..%2Fworker.log'];
  for (const name of names) {
    await expect(logFileNamed(service, topology.id, { port: 6700, name })).rejects.toThrow(
      'no worker of this topology has such a log',
    );
  }
  const { path } = await logFileNamed(service, topology.id, { port: 6700, name: 'worker.log' });
  expect(path).toBe(join(folder, 'worker.log'));
});
