import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ProductPaths } from '../product-paths.ts';
import { zipOf } from '../zip-file.ts';
import { javaMains } from './java-mains.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-mains-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function jarOf(files: Readonly<Record<string, string | Buffer>>): string {
  const path = join(folder, 'some.jar');
  const entries = Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.from(text) }));
  writeFileSync(path, zipOf(entries));
  return path;
}

it("finds the mains of Apache's examples and nothing else of them", async () => {
  const mains = await javaMains(new ProductPaths().starterJar);
  expect(mains).toContain('storm.starter.ExclamationTopology');
  expect(mains).toContain('storm.starter.WordCountTopology');
  expect(mains).not.toContain('storm.starter.bolt.RollingCountBolt');
});

it("puts the manifest's class first, also where its line goes on in the next", async () => {
  const manifest =
    'Manifest-Version: 1.0\r\nMain-Class: com.example.very.long.name\r\n .Main\r\n\r\n';
  expect(await javaMains(jarOf({ 'META-INF/MANIFEST.MF': manifest }))).toEqual([
    'com.example.very.long.name.Main',
  ]);
});

it('takes classes that are cut short or no classes at all for classes without a main', async () => {
  const start = Buffer.from('cafebabe0000003400050100', 'hex');
  const files = {
    'a/Cut.class': Buffer.concat([start, Buffer.from('([Ljava/lang/String;)V')]),
    'a/Text.class': 'main ([Ljava/lang/String;)V',
    'a/Empty.class': '',
  };
  expect(await javaMains(jarOf(files))).toEqual([]);
});

it('says that a file is no jar', async () => {
  const path = join(folder, 'some.jar');
  writeFileSync(path, 'not a zip');
  await expect(javaMains(path)).rejects.toThrow('this is not a jar file');
});
