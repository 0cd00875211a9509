import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bundleProgram, loadProgram } from './native-program.ts';
import { ProductPaths } from './product-paths.ts';

const { programModules } = new ProductPaths();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-program-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function bundled(text: string) {
  const file = join(folder, 'program.ts');
  writeFileSync(file, text);
  return bundleProgram(file, programModules);
}

it('takes the topology that a program exports, made from its arguments', async () => {
  writeFileSync(join(folder, 'name.ts'), 'export const prefix: string = "of-";');
  const bundle = await bundled(`
    import { TopologyBuilder, spout, field } from 'gearstorm';
    import { prefix } from './name.ts';
    const numbers = spout({
      streams: { default: { n: field<number>() } },
      open: () => ({ nextTuple: () => {} }),
    });
    export default (name: string) => new TopologyBuilder(prefix + name).setSpout('numbers', numbers).build();
  `);
  const { topology, components } = await loadProgram(bundle, { words: ['me'], submits: null });
  expect(topology.name).toBe('of-me');
  expect([...components.keys()]).toEqual(['numbers']);
});

it('is the same bundle for the same program, and another for another', async () => {
  const [one, same] = [await bundled('export default 1'), await bundled('export default 1')];
  expect(one.hash).toBe(same.hash);
  expect((await bundled('export default 2')).hash).not.toBe(one.hash);
});

it.each([
  ['export default {', /program\.ts:1:17: /],
  ['import { x } from "./nobody.ts"; export default x', /program\.ts:1:19: Could not resolve/],
])('names the line of what cannot be read: %s', async (text, message) => {
  await expect(bundled(text)).rejects.toThrow(message);
});

it('says that a program has no topology', async () => {
  const bundle = await bundled('export const topology = 1');
  await expect(loadProgram(bundle, { words: [], submits: null })).rejects.toThrow(
    'the program has no topology',
  );
});

it('shows the error of a program that throws', async () => {
  const bundle = await bundled('throw new Error("it is broken")');
  await expect(loadProgram(bundle, { words: [], submits: null })).rejects.toThrow('it is broken');
});

it('names the line of the program that called us, not ours that threw', async () => {
  const bundle = await bundled(`
    import { shellBolt } from 'gearstorm';
    export default shellBolt([], {});
  `);
  await expect(loadProgram(bundle, { words: [], submits: null })).rejects.toThrow(
    /program\.ts:3:\d+: the program threw InvalidTopologyError/,
  );
});

it('takes a program in CommonJS', async () => {
  const file = join(folder, 'program.cjs');
  writeFileSync(
    file,
    `const { spout, TopologyBuilder } = require('gearstorm');
     const silent = spout({ streams: {}, open: () => ({ nextTuple: () => {} }) });
     module.exports = new TopologyBuilder('old').setSpout('silent', silent).build();`,
  );
  const bundle = await bundleProgram(file, programModules);
  const { topology } = await loadProgram(bundle, { words: [], submits: null });
  expect(topology.name).toBe('old');
});

it('says how a jar is submitted, and that a folder is no program', async () => {
  const jar = join(folder, 'words.jar');
  writeFileSync(jar, '');
  await expect(bundleProgram(jar, programModules)).rejects.toThrow(`gearstorm jar ${jar} CLASS`);
  await expect(bundleProgram(folder, programModules)).rejects.toThrow('is a folder');
});

it('says that there is no such file', async () => {
  await expect(bundleProgram(join(folder, 'x.ts'), programModules)).rejects.toThrow(
    'there is no such file',
  );
});
