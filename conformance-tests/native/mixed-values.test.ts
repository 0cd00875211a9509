// Goal: values are what they were on the other side of a language, and go to the same task from
// either. Method: a topology whose tuples go Java, TypeScript, Java and TypeScript, Java, TypeScript, and
// some of them from TypeScript to a subprocess.
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Gearstorm, jars, projectRoot, waitFor } from '../harness/index.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** What Java reads of what has no counterpart in TypeScript. */
const widened: ReadonlyMap<string, string> = new Map([
  ['Integer 7', 'Long 7'],
  ['Short 8', 'Long 8'],
  ['Byte 9', 'Long 9'],
  ['Float 0.5', 'Double 0.5'],
]);

/** Says the digits that it has read. */
const rawScript = `
import functools, json
json.loads = functools.partial(json.loads, parse_float=str)
import storm
class Raw(storm.BasicBolt):
    def process(self, tup):
        storm.rpcMetrics("read", 1)
        storm.emit([tup.values[0], str(tup.values[1])])
Raw().run()
`;

let gearstorm: Gearstorm;
let file: string;
let rows: readonly (readonly string[])[];

beforeAll(async () => {
  gearstorm = await Gearstorm.start();
  file = join(gearstorm.directory, 'rows');
  await writeFile(file, '');
  const program = join(projectRoot, 'conformance-tests/native/mixed-values.ts');
  const resources = join(gearstorm.directory, 'raw');
  await mkdir(resources);
  await cp(join(projectRoot, 'multilang/storm-py/storm.py'), join(resources, 'storm.py'));
  await writeFile(join(resources, 'raw.py'), rawScript);
  await gearstorm.command('submit', program, file, jars.acme, resources);
  rows = await waitFor('every tuple to end', 60_000, async () => {
    const whole = (await rowsOf(file)).filter((row) => row.at(-1) === '.');
    const ended = whole.filter(([what]) => what === 'acked' || what === 'failed');
    const own = whole.filter(([what]) => what === 'own acked');
    return ended.length === 33 && own.length === 18 && whole;
  });
});

async function rowsOf(path: string): Promise<readonly (readonly string[])[]> {
  return (await readFile(path, 'utf8')).split('\n').map((row) => row.split('\t'));
}

afterAll(() => gearstorm.stop());

function of(what: string): readonly (readonly string[])[] {
  return rows.filter(([first]) => first === what);
}

it('every value of Java comes back from TypeScript as it was, but for short numbers', () => {
  const passed = new Map(of('pass').map(([, number, , value]) => [number, value]));
  const sent = of('sent').map(([, number, value]) => [number, widened.get(value ?? '') ?? value]);
  expect([...passed].sort()).toEqual(sent.sort());
});

// clause: shell-values
it('numbers of Java that have no other form reach a subprocess as their digits', () => {
  const read = of('raw').map(([, , digits]) => digits);
  expect(read.sort()).toEqual(["'1.50'", `'1${'0'.repeat(30)}'`]);
});

it('every value goes to the same task from Java and from TypeScript', () => {
  const tasks = (what: string) =>
    new Map(of(what).map(([, number, task, value]) => [number, `${value}: ${task}`]));
  const direct = tasks('samples');
  for (const [number, there] of tasks('pass')) {
    // Arrays but byte[] have a content hash of their own; short numbers have become others.
    const was = direct.get(number) ?? '';
    if (!widened.has(was.slice(0, was.lastIndexOf(':')))) expect(there).toBe(was);
  }
});

it('a tree that crosses twice is acked, or failed, as its bolts say', () => {
  expect(of('failed').map(([, number]) => number)).toEqual(['0']);
  expect(new Set(of('acked').map(([, number]) => number)).size).toBe(of('sent').length - 1);
  expect(new Set(of('own acked').map(([, number]) => number)).size).toBe(of('own').length);
});

it('metrics of either language reach the consumers of both', async () => {
  const wanted = {
    typescript: [
      'pass passed',
      'raw read',
      'pass __ack-count',
      'samples __emit-count',
      'sink __execute-count',
    ],
    java: [
      'pass passed',
      'own __complete-latency',
      'echo __ack-count',
      'raw read',
      'raw __ack-count',
    ],
  };
  await waitFor('all metrics', 30_000, async () => {
    const native = new Set((await rowsOf(file)).map(([, from, name]) => `${from} ${name}`));
    const java = new Set((await rowsOf(`${file}.metrics`)).map((row) => `${row[3]} ${row[6]}`));
    return (
      wanted.typescript.every((each) => native.has(each)) &&
      wanted.java.every((each) => java.has(each))
    );
  });
});

it('every value of TypeScript is in Java what it says, and comes back', () => {
  const shown = of('own').map(([, number, value]) => [Number(number), value] as const);
  expect(Object.fromEntries(shown)).toEqual({
    0: "'storm'",
    1: "'half \\ud83d'",
    2: '7',
    3: '-1',
    4: '1099511627776',
    5: '4611686018427387904n',
    6: '1.5',
    7: 'Double { value: 1 }',
    8: '-0',
    9: 'NaN',
    10: '-3', // an Integer in Java, which is a number here
    11: 'true',
    12: 'null',
    13: 'Uint8Array(2) [ 1, 254 ]',
    14: '1970-01-01T00:00:00.005Z',
    15: "[ 1, 'x', [ null, Double { value: 2 } ] ]",
    16: "Map(1) { 'k' => 1 }",
    17: "Map(1) { 'k' => Map(1) { 'deep' => [ 2 ] } }",
  });
});
