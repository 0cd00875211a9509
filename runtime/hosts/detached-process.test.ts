import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from '../clock.ts';
import { adoptDetached, findMarked, killMarked, startDetached } from './detached-process.ts';
import { identify, isAlive, signalGroup } from './process-identity.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-process-'));
});
afterEach(() => {
  killMarked(folder);
  rmSync(folder, { recursive: true, force: true });
});

function start(script: string, environment: Readonly<Record<string, string>> = {}) {
  return startDetached(
    {
      program: process.execPath,
      args: ['-e', script],
      environment: new Map(Object.entries(environment)),
    },
    { marker: folder, outputFile: join(folder, 'out') },
  );
}

it('appends everything the process says to its file, and gives it no input', async () => {
  writeFileSync(join(folder, 'out'), 'before\n');
  const script = `console.log(process.env.A); console.error(fs.readFileSync(0).length)`;
  const { ended } = await start(script, { A: 'said' });
  expect(await ended).toEqual({ code: 0, signal: null });
  expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('before\nsaid\n0\n');
});

it('puts a file that grew too long aside', async () => {
  writeFileSync(join(folder, 'out'), '');
  truncateSync(join(folder, 'out'), 10 * 1024 * 1024 + 1);
  await (await start(`console.log('new')`)).ended;
  expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('new\n');
});

it('the process leads a session of its own', async () => {
  const { identity } = await start('setInterval(() => {}, 1000)');
  const stat = readFileSync(`/proc/${identity.pid}/stat`, 'utf8');
  const [, , group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  expect([group, session]).toEqual([String(identity.pid), String(identity.pid)]);
});

it('a program that is not there is refused by name', async () => {
  const command = { program: '/nowhere/java', args: [], environment: new Map() };
  const options = { marker: folder, outputFile: join(folder, 'out') };
  await expect(startDetached(command, options)).rejects.toThrow('/nowhere/java cannot be started');
});

it('finds a process by its marker and sees an adopted one end', async () => {
  const { identity } = await start('setInterval(() => {}, 1000)');
  expect(findMarked(folder)).toEqual(identity);
  const adopted = adoptDetached(identity, systemClock);
  expect(signalGroup(identity, 'SIGKILL')).toBe(true);
  expect(await adopted.ended).toEqual({ code: null, signal: null });
  await vi.waitFor(() => expect(findMarked(folder)).toBeNull(), { timeout: 20_000 });
});

it('signals no process that only shares the pid', () => {
  const self = identify(process.pid);
  if (self === null) throw new Error('no self');
  expect(isAlive(self)).toBe(true);
  for (const stranger of [
    { ...self, startTicks: '1' },
    { ...self, bootId: 'an earlier boot' },
  ]) {
    expect(isAlive(stranger)).toBe(false);
    expect(signalGroup(stranger, 'SIGKILL')).toBe(false);
  }
});
