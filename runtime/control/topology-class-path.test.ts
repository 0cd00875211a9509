import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { StormConf } from '../../storm-api/index.ts';
import { topologyClassPath } from './topology-class-path.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-classpath-'));
  mkdirSync(join(folder, 'conf'));
  for (const name of ['a.jar', 'b.JAR', 'c.txt']) writeFileSync(join(folder, name), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

const pathOf = (value: unknown) => topologyClassPath(StormConf.of({ 'topology.classpath': value }));

it('a topology may name folders, jars and all jars of a folder', () => {
  const [conf, a, b] = ['conf', 'a.jar', 'b.JAR'].map((name) => join(folder, name));
  expect(pathOf(`${conf}:${a}`)).toEqual([conf, a]);
  expect(pathOf([conf, `${folder}/*`])).toEqual([conf, a, b]);
  expect(pathOf(relative('.', String(a)))).toEqual([a]);
});

it('what is not there is passed over, as a JVM does', () => {
  expect(pathOf(`${folder}/none.jar:/none/*:${folder}/a.jar/*::${folder}`)).toEqual([folder]);
  for (const nothing of [null, '', []]) expect(pathOf(nothing)).toEqual([]);
});
