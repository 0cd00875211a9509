import { expect, it } from 'vitest';
import { StormConf } from '../../storm-api/index.ts';
import type { WorkerAssignment } from '../wire/index.ts';
import { workerOptions } from './java-options.ts';

const assignment = {
  token: 'cafe',
  stormId: 'word-1-1',
  port: 6700,
  codeDir: '/dist/resources',
} as WorkerAssignment;

function optionsOf(config: Readonly<Record<string, unknown>>): readonly string[] {
  return workerOptions(StormConf.of(config), assignment);
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
