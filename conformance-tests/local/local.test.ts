// Goal: mains that only know LocalCluster, LocalDRPC and Testing run as they are, in their own JVM,
// and leave nothing behind. Method: mains of storm-starter and of our own, by the command line and
// by plain Java; what they print, how they end, and what is left of them.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { jars, mustRun, processesNaming, waitFor } from '../harness/index.ts';
import { classPath, gearstorm, java, launcher, RunningMain } from './local-run.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 30_000 });

const goneMs = 20_000;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gearstorm-local-test-'));
});
afterEach(async () => {
  await waitFor('everything to be gone', goneMs, async () => (await whatIsLeft()).length === 0);
  await rm(folder, { recursive: true, force: true });
});

/** A JVM that ends by itself leaves the rest to its control plane, which ends a moment later. */
async function whatIsLeft(): Promise<readonly unknown[]> {
  const files = (await readdir(folder)).filter((name) => name.startsWith('gearstorm'));
  return [...files, ...(await processesNaming(folder))];
}

it('answers calls of LocalDRPC with the bolts of a topology in the same process', async () => {
  const { lines } = await gearstorm(
    folder,
    'local',
    '--ttl',
    '0.5',
    jars.starter,
    'storm.starter.ManualDRPC',
  );
  expect(lines).toEqual(expect.arrayContaining(['aaa!!!', 'bbb!!!']));
});

it('has a transactional topology count exactly, into a static map of the main', async () => {
  const words = ['acme.local.Databases', 'storm.starter.TransactionalGlobalCount'];
  const run = async () => (await java(folder, '0.9', [jars.starter, jars.acme], ...words)).lines;
  let lines = await run();
  // Its main ends after three seconds, on however busy a machine: then some batches are counted,
  // each of them wholly.
  for (let again = 0; again < 3 && isInTheMidst(lines); again++) lines = await run();
  expect(lines).toEqual(['DATABASE GLOBAL-COUNT 19']);
});

/** Its three partitions have 19 words, of which a batch takes up to three each: 9, 7 and 3. */
function isInTheMidst(lines: readonly string[]): boolean {
  const counted = lines.join('\n');
  return ['', 'DATABASE GLOBAL-COUNT 9', 'DATABASE GLOBAL-COUNT 16'].includes(counted);
}

it('has a transactional topology of two stages count exactly, into static maps of the main', async () => {
  const words = ['acme.local.Warm', 'acme.local.Databases', 'storm.starter.TransactionalWords'];
  const run = async () => (await java(folder, '0.9', [jars.starter, jars.acme], ...words)).lines;
  const all = {
    'BUCKET_DATABASE 0': 5,
    'COUNT_DATABASE apple': 2,
    'COUNT_DATABASE banana': 1,
    'COUNT_DATABASE cat': 8,
    'COUNT_DATABASE chicken': 1,
    'COUNT_DATABASE dog': 7,
  };
  let counts = countsOf(await run());
  // as above: three seconds; what was counted twice would be too much
  for (let again = 0; again < 3 && isLess(counts, all); again++) counts = countsOf(await run());
  expect(counts).toEqual(all);
});

type Counts = Readonly<Record<string, number>>;

function countsOf(lines: readonly string[]): Counts {
  return Object.fromEntries(
    lines.map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end))];
    }),
  );
}

function isLess(counts: Counts, all: Counts): boolean {
  const differences = Object.entries(all).map(([name, most]) => most - (counts[name] ?? 0));
  return Math.min(...differences) >= 0 && Math.max(...differences) > 0;
}

it('joins what two sources feed, though the main gives it two seconds only', async () => {
  const words = ['acme.local.Slow', '5', 'storm.starter.SingleJoinExample'];
  const { stdout } = await java(folder, '0.9', [jars.starter, jars.acme], ...words);
  const rows = [...stdout.matchAll(/Emitting: join default \[(\w+, \d+)\]$/gm)];
  expect(rows.map(([, row]) => row).sort()).toEqual([
    ...['female, 21', 'female, 23', 'female, 25', 'female, 27', 'female, 29'],
    ...['male, 20', 'male, 22', 'male, 24', 'male, 26', 'male, 28'],
  ]);
});

it.each(['0.9', '0.10'] as const)('runs unit tests on the helpers of Storm %s', async (storm) => {
  const { lines } = await java(folder, storm, [jars.acme], 'acme.local.UnitTests');
  expect(lines).toEqual([
    'simulated true',
    'words [[bob], [joey], [nathan], [nathan]]',
    'counts [[bob, 1], [joey, 1], [nathan, 1], [nathan, 2]]',
    'total [[1], [2], [3], [4]]',
    'same true',
    'failed early 0',
    'failed late 1',
    'acked 2',
    'acked 3',
    'simulated false',
    'fed [[3]][[1]]',
    'committed [[2]]',
    'remembered true',
    'tuple a component',
    'methods true',
  ]);
});

it.each(['0.9', '0.10'] as const)('runs tests on the Clojure macros of Storm %s', async (storm) => {
  const program = join(import.meta.dirname, 'macros.clj');
  const { lines } = await java(folder, storm, [], 'clojure.main', program);
  expect(lines).toEqual([
    'counts (["ash" 1] ["kite" 1] ["kite" 2] ["kite" 3] ["oak" 1])',
    'alive alive',
  ]);
});

it('leads several topologies of several workers through their lives at once', async () => {
  const { lines } = await java(folder, '0.10', [jars.acme], 'acme.local.TwoTopologies');
  expect(lines).toEqual([
    'alive {one=ACTIVE, two=INACTIVE}',
    'refused the second one',
    'workers 2',
    'deactivated {one=ACTIVE, two=INACTIVE}',
    'info true',
    'spouts [words]',
    'mode true',
    'there is no three',
    'alive {two=ACTIVE}',
    'cleaned up true',
  ]);
});

it('says of what was shut down that it was', async () => {
  const { lines } = await java(folder, '0.9', [jars.acme], 'acme.local.Afterwards');
  const cluster = 'this LocalCluster was shut down';
  expect(lines).toEqual([cluster, cluster, 'Server shutting down']);
});

// clause: credentials
it('gives a topology of Storm 0.10 its credentials, and new ones when they are uploaded', async () => {
  const source = join(import.meta.dirname, 'storm-0.10/LocalVault.java');
  const options = ['--release', '17', '-nowarn', '-cp', classPath('0.10', []), '-d', folder];
  await mustRun('javac', [...options, source]);
  const { lines } = await java(folder, '0.10', [folder], 'LocalVault');
  expect(lines).toEqual(['told {user=one}', 'told {user=two}', 'refused with NotAliveException']);
});

it('ends the process when a bolt throws, as Storm does', async () => {
  const { exitCode, stderr } = await java(folder, '0.9', [jars.acme], 'acme.local.Throws');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('Halting process: Worker died');
});

it('runs what a main hands to StormSubmitter, until its time is over', async () => {
  const words = ['local', '--ttl', '3', jars.starter, 'storm.starter.ExclamationTopology', 'name'];
  const { exitCode, stdout } = await gearstorm(folder, ...words);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Emitting: exclaim2 default');
});

const stream = 'acme.local.SampleStream';
const statuses = [1, 2, 3, 4, 5].map((number) => `status ${number}`);

it.each([
  ['Ctrl-C', 'SIGINT', 'group', () => [launcher, 'local', jars.acme, stream, 'forever']],
  ['kill -9', 'SIGKILL', 'first', () => ['java', '-cp', builtPath(), stream, 'forever']],
] as const)('leaves nothing behind after %s', async (_, signal, whom, command) => {
  const main = RunningMain.start(folder, command());
  await main.untilItSays('main is at its end');
  expect((await whatIsLeft()).length).toBeGreaterThan(1);
  await main.end(signal, whom);
});

it('prints a stream that a thread of the spout hears, and ends in time though its close fails', async () => {
  const words = ['local', '--ttl', '1', jars.acme, stream, 'forever'];
  const { exitCode, lines } = await gearstorm(folder, ...words);
  expect(lines).toEqual([...statuses, 'main is at its end']);
  expect(exitCode).toBe(0);
});

it('starts beside a program that has the port of the log viewer', async () => {
  const other = createServer().on('error', () => undefined); // somebody else has it already
  other.listen(8000, '127.0.0.1');
  const run = java(folder, '0.10', [jars.acme], stream, 'end');
  const { lines } = await run.finally(() => other.close());
  expect(lines).toEqual([...statuses, 'main is at its end']);
});

it('ends at once when the main throws', async () => {
  const run = await gearstorm(folder, 'local', jars.acme, stream, 'throw');
  expect(run.exitCode).toBe(1);
  expect(run.stdout + run.stderr).toContain('as it was meant to');
});

function builtPath(): string {
  return classPath('0.10', [jars.acme]);
}
