import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ProductPaths } from './product-paths.ts';
import { checkTypes } from './type-check.ts';

vi.setConfig({ testTimeout: 60_000 });

const { programModules, packages } = new ProductPaths();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-types-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function check(text: string, name = 'program.ts'): void {
  writeFileSync(join(folder, name), text);
  checkTypes(join(folder, name), programModules, packages);
}

const wordless = `
import { basicBolt, field, spout, TopologyBuilder, type Tuple } from 'gearstorm';
const numbers = spout({
  streams: { default: { n: field<number>() } },
  open: (_, collector) => ({ nextTuple: () => void collector.emit({ n: 1 }) }),
});
const print = basicBolt({
  streams: {},
  execute: (tuple: Tuple<{ n: number }>) => console.log(tuple.values.n),
});
`;

it('a program of right types passes, with the types of Node and of JSON', () => {
  writeFileSync(join(folder, 'limits.json'), '{"max": 5}');
  check(`${wordless}
import { readFileSync } from 'node:fs';
import limits from './limits.json';
export const text: string = readFileSync(String(limits.max), 'utf8');
export default new TopologyBuilder('t').setSpout('numbers', numbers).setBolt('print', print).shuffleGrouping('numbers').build();`);
});

it.each([
  ['const x: number = "a";\nexport default x;', /program\.ts:1:7: Type 'string' is not assignable/],
  ['\nexport default missing;', /program\.ts:2:16: Cannot find name 'missing'/],
  ['export default {', /program\.ts:1:17: '}' expected/],
  [
    `${wordless}export default new TopologyBuilder('t').setSpout('numbers', numbers).setBolt('print', print).fieldsGrouping('numbers', ['m']).build();`,
    /program\.ts:11:\d+: /,
  ],
])('names the line of what is wrong: %s', (text, message) => {
  expect(() => check(text)).toThrow(message);
});

it('says how many errors there are', () => {
  expect(() => check('export const a: number = "a", b: string = 1;')).toThrow('(and 1 more)');
});

it('leaves packages and JavaScript alone', () => {
  mkdirSync(join(folder, 'node_modules/odd'), { recursive: true });
  writeFileSync(join(folder, 'node_modules/odd/package.json'), '{"name":"odd","main":"i.js"}');
  writeFileSync(join(folder, 'node_modules/odd/i.js'), 'module.exports = 1;');
  check('import odd from "odd"; export default odd;');
  check('export const x = nobody;', 'program.mjs');
});

it('a program below our own folder, as an upload may be, is not held to our own tsconfig.json', () => {
  mkdirSync(join(dirname(packages), 'build'), { recursive: true });
  const below = mkdtempSync(join(dirname(packages), 'build', 'types-test-'));
  try {
    const file = join(below, 'program.ts');
    writeFileSync(file, 'export enum Kind { A, B }');
    checkTypes(file, programModules, packages);
  } finally {
    rmSync(below, { recursive: true });
  }
});

it("finds the program's own types of Node, whose settings are nowhere, beside it", () => {
  const types = join(folder, 'node_modules', '@types', 'node');
  mkdirSync(types, { recursive: true });
  writeFileSync(join(types, 'index.d.ts'), 'declare const onlyHere: number;');
  check('export const x: number = onlyHere;');
});

it("the program's own tsconfig.json decides how strictly it is looked at", () => {
  const text = 'export const f = (x) => x;';
  expect(() => check(text)).toThrow("Parameter 'x' implicitly has an 'any' type");
  writeFileSync(join(folder, 'tsconfig.json'), '{"compilerOptions": {"strict": false}}');
  check(text);
});
