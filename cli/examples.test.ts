import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import type { TestInputs, TestOptions, TestResult } from '../runtime/native/index.ts';
import { bundleProgram, loadProgram } from './native-program.ts';
import { ProductPaths } from './product-paths.ts';

const { root, programModules } = new ProductPaths();
// Compiled, as what the examples import.
const { testTopology } = (await import(
  pathToFileURL(programModules.testing).href
)) as typeof import('../runtime/native/index.ts');

interface Run extends TestOptions {
  readonly words?: readonly string[];
  readonly inputs?: TestInputs;
}

async function run(name: string, { words = [], inputs = {}, ...options }: Run) {
  const bundle = await bundleProgram(join(root, 'examples', name), programModules);
  return await testTopology(await loadProgram(bundle, { words, submits: null }), inputs, options);
}

const valuesOf = (result: TestResult, component: string, stream?: string) =>
  result.tuples(component, stream).map(({ values }) => values);

type Check = (run: (how?: Run) => Promise<TestResult>) => unknown;

/** Its subprocesses need workers: conformance-tests/multilang runs it. */
const triedByConformanceTests = ['word-count-multilang.ts'];

const checks: Readonly<Record<string, Check>> = {
  'word-count.ts': async (go) => {
    const counted = valuesOf(await go({ limitSecs: 0.05 }), 'count');
    const theSeen = counted.filter(({ word }) => word === 'the').map(({ count }) => count);
    expect(theSeen.slice(0, 3)).toEqual([1, 2, 3]);
  },
  'word-count-dsl.ts': async (go) => {
    const result = await go({ limitSecs: 0.05 });
    expect(result.acked('lines').length).toBeGreaterThan(10);
    expect(valuesOf(result, 'flatMap')[0]).toEqual({ key: 'the', value: 'the' });
  },
  'lines.ts': async (go) => {
    const result = await go({ words: [join(root, 'README.md')] });
    expect(valuesOf(result, 'lines')[0]).toEqual({ number: 1, line: '# Gearstorm' });
    expect(valuesOf(result, 'longest').every(({ length }) => Number(length) > 80)).toBe(true);
    expect(result.acked('lines')).toHaveLength(valuesOf(result, 'lines').length);
  },
  'rolling-count.ts': async (go) => {
    const inputs = { words: ['storm', 'gear', 'storm'].map((word) => ({ word })) };
    const counts = valuesOf(await go({ inputs, atLeastSecs: 7.5 }), 'rolling-count');
    const storm = counts.filter(({ word }) => word === 'storm').map(({ count }) => count);
    expect(storm).toEqual([2, 2, 2, 2, 2]); // told each second, and forgotten after five
  },
  'replay.ts': async (go) => {
    const result = await go();
    const arrived = (id: string) => new Set(valuesOf(result, id).map(({ n }) => n)).size;
    expect(arrived('from-reliable')).toBe(1000);
    expect(arrived('from-careless')).toBeLessThan(1000);
    expect(result.failed('reliable').length).toBeGreaterThan(0);
  },
  'hooks-and-metrics.ts': async (go) => {
    const inputs = { words: ['a', '', 'abc'].map((word) => ({ word })) };
    const result = await go({ inputs, atLeastSecs: 1.5 });
    expect(result.acked('words')).toHaveLength(3);
    expect(result.errors).toEqual([]);
  },
  'kafka-word-count.ts': async (go) => {
    const lines = ['a b a', ''].map((line) => ({ line }));
    const result = await go({ words: ['127.0.0.1:1'], inputs: { lines }, limitSecs: 10 });
    const counted = valuesOf(result, 'count');
    expect(counted).toHaveLength(3);
    expect(counted).toContainEqual({ word: 'a', count: 2 });
    expect(counted).toContainEqual({ word: 'b', count: 1 });
  },
  'drpc.ts': async (go) => {
    const pages = ['foo.com/blog/1', 'engineering.twitter.com/blog/5', 'notaurl.com'];
    const result = await go({ inputs: { spout: pages.map((args) => ({ args })) } });
    expect(result.answers('spout')).toEqual([{ result: '16' }, { result: '14' }, { result: '0' }]);
  },
  'cyclic.ts': async (go) => {
    const result = await go();
    expect(result.acked('numbers')).toHaveLength(100);
    expect(valuesOf(result, 'collatz')).toContainEqual({ start: 27, steps: 111 });
  },
};

it.each(Object.entries(checks))(
  'examples/%s does what it says',
  async (name, check) => {
    await check((how = {}) => run(name, how));
  },
  30_000,
);

it('tries every example', () => {
  const files = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.ts'));
  const tried = [...Object.keys(checks), ...triedByConformanceTests];
  expect(files.sort()).toEqual(tried.sort());
});
