import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { jars, projectRoot, runCommand } from '../harness/index.ts';

/** A main that runs its topologies itself, and what of its output does not depend on the run. */
export interface ComparedMain {
  readonly name: string;
  readonly jars: readonly string[];
  /** Its class and its arguments. */
  readonly words: readonly string[];
  /** Its one group, wherever it is found in a line, is what is compared, each find once. */
  readonly line: RegExp;
  /** It ends by itself when true; else it is looked at for a while. */
  readonly ends: boolean;
}

/** What was printed, as far as it is compared, sorted. */
export interface MainRun {
  readonly lines: readonly string[];
  /** Null when it had to be ended. */
  readonly exitCode: number | null;
}

/** Where the lines of each are that real Storm 0.10.2 printed. */
export const goldenMains = join(projectRoot, 'conformance-tests/golden/local-0.10.2');

const all = [jars.starter, jars.acme];
const warm = 'acme.local.Warm';
const databases = 'acme.local.Databases';
/** What stretches Storm's own time, and by how much. */
const slow = ['acme.local.Slow', '10'];
const endMs = 180_000;
const lookMs = 45_000;
/** How long Storm's completeTopology waits, for a slow machine. */
const testMs = '60000';

export const comparedMains: readonly ComparedMain[] = [
  { ...starter('ManualDRPC', /^(\w+!!!)$/), ends: false },
  starter('BasicDRPCTopology', /^(Result for .*)$/),
  starter('ReachTopology', /^(Reach of .*)$/),
  starter('trident.TridentReach', /^(REACH: .*)$/),
  // how often it counted depends on the time; that it answers with one number does not
  { ...starter('trident.TridentWordCount', /^(DRPC RESULT: \[\[)\d+\]\]$/), ends: false },
  {
    ...starter('SingleJoinExample', /Emitting: join default (\[.*\])$/),
    words: [warm, ...slow, 'storm.starter.SingleJoinExample'],
  },
  starter('ExclamationTopology', /Emitting: exclaim2 default (\[.*\])$/),
  starter('WordCountTopologyNode', /Emitting: count default \[(\w+), \d+\]$/),
  starter('RollingTopWords', /(?<=Emitting: finalRanker default .*\[)(\w+)(?=\|\d+)/),
  starter('clj.word_count', /Emitting: 4 default \["(\w+)" \d+\]$/),
  ...['TransactionalGlobalCount', 'TransactionalWords'].map((name) => ({
    ...starter(name, /^(\w*DATABASE .*)$/),
    words: [warm, databases, `storm.starter.${name}`],
  })),
  acme(
    'UnitTests',
    /^((?:words|counts|total|same|failed|acked|simulated|fed|committed|remembered|tuple|methods) .*)$/,
  ),
  acme(
    'TwoTopologies',
    /^((?:alive|refused|workers|deactivated|info|spouts|mode|there|cleaned) .*)$/,
  ),
  {
    ...acme('SampleStream', /^(status .*|main is at its end)$/),
    words: ['acme.local.SampleStream', 'end'],
  },
];

/**
 * What real Storm 0.10.2 printed of it.
 * @returns null for a main that it was not seen to finish
 */
export async function goldenLines({ name }: ComparedMain): Promise<readonly string[] | null> {
  const file = join(goldenMains, `${name}.txt`);
  if (!existsSync(file)) return null;
  const text = await readFile(file, 'utf8');
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

/** Runs a main in a folder of its own, with these libraries before its jars. */
export async function runMain(main: ComparedMain, libraries: readonly string[]): Promise<MainRun> {
  const directory = await mkdtemp(join(tmpdir(), 'gearstorm-main-'));
  const classPath = [...libraries, ...main.jars].join(delimiter);
  const words = [`-Djava.io.tmpdir=${directory}`, '-cp', classPath, ...main.words];
  const timeoutMs = main.ends ? endMs : lookMs;
  const environment = { ...process.env, STORM_TEST_TIMEOUT_MS: testMs };
  const options = { directory, environment, timeoutMs };
  const { exitCode, stdout } = await runCommand('java', words, options);
  await rm(directory, { recursive: true, force: true });
  return { lines: linesOf(main, stdout), exitCode };
}

function linesOf({ line }: ComparedMain, output: string): readonly string[] {
  const everywhere = new RegExp(line, 'gm');
  const found = [...output.matchAll(everywhere)].flatMap(([, group]) => group ?? []);
  return [...new Set(found)].sort();
}

function starter(name: string, line: RegExp): ComparedMain {
  return { name, jars: all, words: [warm, `storm.starter.${name}`], line, ends: true };
}

function acme(name: string, line: RegExp): ComparedMain {
  return { name, jars: all, words: [`acme.local.${name}`], line, ends: true };
}
