// Goal: a topology in TypeScript is submitted, watched and ended like any other, without a JVM.
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Gearstorm, projectRoot, runCommand, waitFor } from '../harness/index.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const waitMs = 60_000;
const wordCount = join(projectRoot, 'examples/word-count.ts');
let gearstorm: Gearstorm;
let folder: string;

beforeAll(async () => {
  // Below the project, where programs find the package.
  folder = await mkdtemp(join(projectRoot, 'build', 'native-programs-'));
  gearstorm = await Gearstorm.start({ config: { 'supervisor.worker.timeout.secs': 6 } });
});

afterAll(async () => {
  await gearstorm.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A program with a spout of numbers and whatever else the text says. */
async function program(name: string, text: string): Promise<string> {
  const file = join(folder, `${name}.ts`);
  const head = `
import { bolt, field, spout, submitTopology, TopologyBuilder, type Tuple } from 'gearstorm';
const numbers = spout({
  streams: { default: { n: field<number>() } },
  open: (_, collector) => {
    let n = 0;
    return { nextTuple: () => void collector.emit({ n: n++ }, { messageId: n }) };
  },
});
`;
  await writeFile(file, head + text);
  return file;
}

async function refusal(...words: readonly string[]): Promise<string> {
  const { exitCode, stderr } = await gearstorm.run('submit', ...words);
  expect(exitCode).not.toBe(0);
  return stderr;
}

it('is what a program behind "shell" submits with a folder that was uploaded for it', async () => {
  const resources = join(folder, 'resources');
  await mkdir(resources);
  await writeFile(join(resources, 'split.py'), 'print(1)');
  const tell = 'console.log(JSON.stringify(process.argv.slice(1)))';
  const words = [process.execPath, '-e', tell, 'one word', '-w'];
  const { stdout, exitCode } = await gearstorm.run('shell', resources, ...words);
  expect(exitCode).toBe(0);
  const [first, option, host, port, location] = JSON.parse(stdout) as readonly string[];
  expect([first, option, host, Number(port)]).toEqual([
    'one word',
    '-w',
    '127.0.0.1',
    gearstorm.nimbusPort,
  ]);
  const uploaded = join(gearstorm.localDirectory, 'inbox', location ?? '');
  expect((await readFile(uploaded)).includes('/resources/split.py')).toBe(true);
  const failed = await gearstorm.run('shell', resources, process.execPath, '-e', 'process.exit(3)');
  expect(failed.exitCode).toBe(3);
});

it('runs, is listed, peeked at, deactivated and killed, and no JVM is started', async () => {
  await gearstorm.command('submit', wordCount, '--name', 'words');
  const tuples = await gearstorm.peek('words', 'count', 20);
  expect(tuples.map(({ stream }) => stream)).toEqual(new Array(20).fill('default'));
  const [worker] = await gearstorm.otherProcesses();
  const { stdout } = await runCommand('ps', ['-o', 'comm=', '-p', String(worker)]);
  expect(stdout.trim()).toBe('node');
  expect(await gearstorm.otherProcesses()).toHaveLength(1);
  await gearstorm.command('deactivate', 'words');
  expect(await gearstorm.list()).toMatchObject([{ name: 'words', status: 'INACTIVE' }]);
  await gearstorm.command('activate', 'words');
  await gearstorm.peek('words', 'count', 20);
  await gearstorm.killAndWait('words');
});

it('is submitted by a program of its own, which workers run up to there', async () => {
  const file = await program(
    'own',
    `
const [, , name = ''] = process.argv;
const topology = new TopologyBuilder('any').setSpout('numbers', numbers).build();
await submitTopology(name, { 'topology.workers': 1 }, topology);
console.log('accepted');
`,
  );
  const bundle = join(folder, 'own.mjs');
  const esbuild = join(projectRoot, 'node_modules/.bin/esbuild');
  await runCommand(esbuild, [file, `--outfile=${bundle}`, '--format=esm']);
  const storm = await gearstorm.clientEnvironment();
  const { stdout, stderr } = await runCommand(process.execPath, [bundle, 'mine'], {
    directory: folder,
    environment: storm,
  });
  expect(stderr).toBe('');
  expect(stdout).toContain('accepted');
  await gearstorm.peek('mine', 'numbers', 5);
  await gearstorm.killAndWait('mine');
});

it('is refused with the line of its program that throws', async () => {
  const file = await program('throws', "const x = 1;\nthrow new Error('out of order');\n");
  expect(await refusal(file)).toMatch(/throws\.ts:11.*out of order/);
});

it('is refused with the line that cannot be read', async () => {
  const file = await program('syntax', 'const = 1;\n');
  expect(await refusal(file)).toMatch(/syntax\.ts:10:7: Expected identifier/);
});

it.each([
  ['nothing', 'export const topology = 1;', 'the program has no topology'],
  [
    'system-id',
    "export default new TopologyBuilder('x').setSpout('__proto__', numbers).build();",
    '__proto__ is not a valid component id',
  ],
  ['ends', 'process.exit(0);', 'the program ended before it had made a topology'],
  ['waits', 'await new Promise(() => {});', 'the program ended before it had made a topology'],
  [
    'listens',
    `import { createServer } from 'node:http';
createServer().listen('\\0gearstorm-${randomUUID()}');
export default new TopologyBuilder('x').setSpout('s', numbers).build();`,
    'EADDRINUSE',
  ],
  [
    'odd-name',
    "export default new TopologyBuilder('a/b').setSpout('s', numbers).build();",
    'topology name "a/b" contains one of',
  ],
])('is refused: %s', async (name, text, reason) => {
  expect(await refusal(await program(name, text))).toContain(reason);
});

it('is submitted though its program has begun what never ends', async () => {
  const file = await program(
    'timer',
    `
setInterval(() => {}, 1000);
export default new TopologyBuilder('timer').setSpout('numbers', numbers).build();
`,
  );
  await gearstorm.command('submit', file);
  await gearstorm.killAndWait('timer');
});

it('may name its components as objects name their properties', async () => {
  const file = await program(
    'constructor',
    "export default new TopologyBuilder('odd').setSpout('constructor', numbers).build();",
  );
  await gearstorm.command('submit', file);
  await gearstorm.peek('odd', 'constructor', 3);
  await gearstorm.killAndWait('odd');
});

it('is told which component keeps its process for ever, and goes on with another process', async () => {
  const file = await program(
    'endless',
    `
const endless = bolt({
  streams: {},
  prepare: () => ({ execute: ({ values }: Tuple<{ n: number }>) => { while (values.n > 5) {} } }),
});
export default new TopologyBuilder('endless')
  .setSpout('numbers', numbers)
  .setBolt('looping', endless)
  .shuffleGrouping('numbers')
  .build();
`,
  );
  await gearstorm.command('submit', file);
  const shown = await waitFor('a second life', waitMs, async () => {
    const workers = await gearstorm.shownWorkers('endless');
    return workers.find(({ restarts }) => restarts > 0);
  });
  expect(shown.lastExit).toMatch(
    /component looping, task 2, has kept the thread of its process for 4 s/,
  );
  await gearstorm.killAndWait('endless');
});

it('moves such a component to a process of its own, so that the others of its process go on', async () => {
  const file = await program(
    'apart',
    `
const endless = bolt({ streams: {}, prepare: () => ({ execute: () => { for (;;) {} } }) });
const even = bolt({
  streams: { default: { n: field<number>() } },
  prepare: (_, collector) => ({
    execute: (tuple: Tuple<{ n: number }>) => {
      if (tuple.values.n % 2 === 0) collector.emit({ n: tuple.values.n }, { anchors: tuple });
      collector.ack(tuple);
    },
  }),
});
export default new TopologyBuilder('apart')
  .setSpout('held', numbers)
  .setSpout('numbers', numbers)
  .setBolt('looping', endless)
  .shuffleGrouping('held')
  .setBolt('even', even)
  .shuffleGrouping('numbers')
  .build();
`,
  );
  await gearstorm.command('submit', file);
  await waitFor('the others to run apart from it', waitMs, async () => {
    return (await gearstorm.shownWorkers('apart')).length === 2;
  });
  const restartsOf = async () =>
    (await gearstorm.shownWorkers('apart')).map(({ restarts }) => restarts);
  await waitFor('it to hold up its own process twice', waitMs, async () => {
    return ((await restartsOf())[1] ?? 0) >= 2;
  });
  await gearstorm.peek('apart', 'even', 20);
  const [others, own] = await gearstorm.shownWorkers('apart');
  expect(others).toMatchObject({ state: 'running', restarts: 0 });
  expect(own?.lastExit).toContain('component looping, task 4, has kept the thread');
  const [listed] = await gearstorm.list();
  expect(listed?.problem).toContain('component looping has a process of its own');
  await gearstorm.killAndWait('apart');
});
