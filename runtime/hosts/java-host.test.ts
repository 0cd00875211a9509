import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { StormConf } from '../../storm-api/index.ts';
import type { WorkerAssignment } from '../wire/index.ts';
import { HostUnavailableError } from './errors.ts';
import { JavaHost } from './java-host.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'gearstorm-java-'));
  mkdirSync(join(home, 'bin'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const assignment = {
  generation: 'storm-0.9',
  bridgePath: ['/bridge.jar'],
  classPath: ['/storm.jar', '/topology.jar'],
} as unknown as WorkerAssignment;

function hostWith(script: string | null): JavaHost {
  if (script !== null) {
    writeFileSync(join(home, 'bin', 'java'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(home, 'bin', 'java'), 0o755);
  }
  return new JavaHost({
    classPath: ['/host.jar'],
    archives: new Map([['storm-0.9', join(home, 'worker.jsa')]]),
    environment: { JAVA_HOME: home },
  });
}

it.each(['17.0.15', '21', '25-ea'])('takes Java %s', async (version) => {
  await hostWith(`echo 'openjdk version "${version}" 2025-04-15' >&2`).check();
});

it.each([
  ['1.8.0_392', 'is Java 8: Gearstorm needs Java 17 or newer'],
  ['11.0.2', 'is Java 11: Gearstorm needs Java 17 or newer'],
])('refuses Java %s in a sentence', async (version, sentence) => {
  const host = hostWith(`echo 'java version "${version}"' >&2`);
  await expect(host.check()).rejects.toThrow(sentence);
});

it('says what to do when there is no Java', async () => {
  await expect(hostWith(null).check()).rejects.toThrow(/no Java found .* install a JDK 17/);
});

it('refuses a program that is no Java', async () => {
  await expect(hostWith('echo hello').check()).rejects.toThrow(HostUnavailableError);
});

it.each([
  [{}, '/a.json', []],
  [{ LANG: 'C' }, '/ä.json', [['LC_ALL', 'C.UTF-8']]],
  [{ LANG: 'de_DE.UTF-8', LC_ALL: 'POSIX' }, '/ä.json', [['LC_ALL', 'C.UTF-8']]],
  [{ LANG: 'de_DE.UTF-8', LC_ALL: '' }, '/ä.json', []],
])('lets Java read the names of its files (%j, %s)', (environment, assignmentFile, expected) => {
  const host = new JavaHost({ classPath: ['/host.jar'], archives: new Map(), environment });
  const command = host.workerCommand({
    assignment,
    assignmentFile,
    config: StormConf.empty,
    executors: 1,
  });
  expect([...command.environment]).toEqual(expected);
});

it("puts topology.environment over the worker's environment", () => {
  const command = hostWith(null).workerCommand({
    assignment,
    assignmentFile: '/a.json',
    config: StormConf.of({ 'topology.environment': { A: 1, B: 'x' } }),
    executors: 1,
  });
  expect([...command.environment]).toEqual([
    ['A', '1'],
    ['B', 'x'],
  ]);
  expect(command.args.slice(-3)).toEqual(['gearstorm.host.Main', 'worker', '/a.json']);
});

it("gives a process one class path: ours, Storm's, and the topology's last", () => {
  const host = hostWith(null);
  const config = StormConf.of({});
  const request = {
    ...assignment,
    topologyFile: '/t',
    shellClasses: [],
    hookClasses: [],
    reportFile: '/r',
  };
  for (const { args } of [
    host.workerCommand({ assignment, assignmentFile: '/a.json', config, executors: 1 }),
    host.inspectionCommand(request, '/q.json'),
  ]) {
    const classPath = args[args.indexOf('-cp') + 1];
    expect(classPath).toBe('/host.jar:/bridge.jar:/storm.jar:/topology.jar');
  }
});

it("names the class-data archive of the topology's generation, if set-up made it", () => {
  const archive = join(home, 'worker.jsa');
  const option = `-XX:SharedArchiveFile=${archive}`;
  const launch = { assignmentFile: '/a.json', config: StormConf.of({}), executors: 1 };
  const host = hostWith(null);
  expect(host.workerCommand({ ...launch, assignment }).args).not.toContain(option);
  writeFileSync(archive, '');
  expect(host.workerCommand({ ...launch, assignment }).args).toContain(option);
  const later = { ...assignment, generation: 'storm-0.10' };
  expect(host.workerCommand({ ...launch, assignment: later }).args).not.toContain(option);
});
