import os, { availableParallelism } from 'node:os';
import { afterEach, expect, it, vi } from 'vitest';
import { StormConf } from '../../storm-api/index.ts';
import type { WorkerAssignment } from '../wire/index.ts';
import { workerOptions } from './java-options.ts';

const assignment = {
  token: 'cafe',
  stormId: 'word-1-1',
  port: 6700,
  codeDir: '/dist/resources',
} as WorkerAssignment;

vi.mock('node:os', { spy: true });
afterEach(() => {
  vi.restoreAllMocks();
});

function optionsOf(config: Readonly<Record<string, unknown>>, executors = 1): readonly string[] {
  return workerOptions({ config: StormConf.of(config), assignment, executors });
}

it('gives a modest heap and one collector when the user says nothing', () => {
  const options = optionsOf({});
  expect(options).toContain('-Xmx768m');
  expect(options).toContain('-XX:+UseParallelGC');
});

it("leaves heap and collector to the user's options", () => {
  const options = optionsOf({ 'topology.worker.childopts': '-Xmx2g -XX:+UseG1GC' });
  expect(options).not.toContain('-Xmx768m');
  expect(options.filter((option) => /Use\w+GC/.test(option))).toEqual(['-XX:+UseG1GC']);
});

it('has the JVM pass over flags that only older ones know, unless the user wants otherwise', () => {
  const options = optionsOf({
    'topology.worker.childopts': '-XX:+UseConcMarkSweepGC -XX:-IgnoreUnrecognizedVMOptions',
  });
  expect(options.filter((option) => option.includes('Unrecognized'))).toEqual([
    '-XX:+IgnoreUnrecognizedVMOptions',
    '-XX:-IgnoreUnrecognizedVMOptions',
  ]);
});

it('gives the compiler a thread for eight executors where these are many', () => {
  const executors = 8 * (availableParallelism() + 5);
  const options = optionsOf({ 'topology.worker.childopts': '-XX:CICompilerCount=3' }, executors);
  const counts = options.filter((option) => option.includes('CICompilerCount'));
  expect(counts).toEqual([
    `-XX:CICompilerCount=${availableParallelism() + 5}`,
    '-XX:CICompilerCount=3',
  ]);
  expect(optionsOf({}, 8).join()).not.toContain('CICompilerCount');
});

it('has the compiler go before executors where the system lets it', () => {
  const priorities = (uid: number, niceness: number) => {
    vi.spyOn(process, 'getuid').mockReturnValue(uid);
    vi.mocked(os.getPriority).mockReturnValue(niceness);
    return optionsOf({}).filter((option) => option.includes('Priority'));
  };
  expect(priorities(0, 0)).toEqual([
    '-XX:ThreadPriorityPolicy=1',
    '-XX:CompilerThreadPriority=-15',
  ]);
  expect(priorities(1000, 0)).toEqual([]);
  expect(priorities(0, 5)).toEqual([]);
});

it('marks cards of the collector only where they are not marked, unless the user wants otherwise', () => {
  const options = optionsOf({ 'topology.worker.childopts': '-XX:-UseCondCardMark' });
  const marks = options.filter((option) => option.includes('CardMark'));
  expect(marks).toEqual(['-XX:+UseCondCardMark', '-XX:-UseCondCardMark']);
});

it("puts the topology's options last, so that they win", () => {
  const options = optionsOf({
    'worker.childopts': '-Xmx768m  -Da=1',
    'topology.worker.childopts': ['-Xmx1g', '-Db=two words'],
  });
  expect(options.slice(-4)).toEqual(['-Xmx768m', '-Da=1', '-Xmx1g', '-Db=two words']);
});

it("replaces the names that Storm's supervisor replaces", () => {
  const options = optionsOf({
    'worker.childopts': '-Dx=%ID%-%WORKER-ID%-%TOPOLOGY-ID%-%WORKER-PORT%-%OTHER%',
  });
  expect(options.at(-1)).toBe('-Dx=6700-cafe-word-1-1-6700-%OTHER%');
});

it('passes shell characters on as they are', () => {
  expect(optionsOf({ 'topology.worker.childopts': '-Dx=$(id);`id`' }).at(-1)).toBe(
    '-Dx=$(id);`id`',
  );
});
