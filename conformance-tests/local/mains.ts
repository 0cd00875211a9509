import { join } from 'node:path';
import { jars, projectRoot } from '../harness/index.ts';

/** A main that runs its topologies itself, and what of its output does not depend on the run. */
export interface ComparedMain {
  readonly name: string;
  readonly jars: readonly string[];
  /** Its class and its arguments. */
  readonly words: readonly string[];
  /** The one group of it is what is compared, each line once. */
  readonly line: RegExp;
}

/** Where the lines of each are that real Storm 0.10.2 printed. */
export const goldenMains = join(projectRoot, 'conformance-tests/golden/local-0.10.2');

const all = [jars.starter, jars.acme];
const databases = 'acme.local.Databases';

export const comparedMains: readonly ComparedMain[] = [
  starter('ManualDRPC', /^(\w+!!!)$/),
  starter('BasicDRPCTopology', /^(Result for .*)$/),
  starter('ReachTopology', /^(Reach of .*)$/),
  starter('trident.TridentReach', /^(REACH: .*)$/),
  starter('SingleJoinExample', /Emitting: join default (\[.*\])$/),
  starter('ExclamationTopology', /Emitting: exclaim2 default (\[.*\])$/),
  ...['TransactionalGlobalCount', 'TransactionalWords'].map((name) => ({
    ...{ name, jars: all, words: [databases, `storm.starter.${name}`] },
    line: /^(\w*DATABASE .*)$/,
  })),
  acme('UnitTests', /^((?:words|counts|total|same|failed|acked|tuple|methods) .*)$/),
  acme(
    'TwoTopologies',
    /^((?:alive|refused|workers|deactivated|info|spouts|mode|there|cleaned) .*)$/,
  ),
  {
    ...acme('SampleStream', /^(status .*|main is at its end)$/),
    words: ['acme.local.SampleStream', 'end'],
  },
];

/** The lines that are compared, sorted. */
export function linesOf({ line }: ComparedMain, output: string): readonly string[] {
  const found = output.split('\n').flatMap((each) => line.exec(each)?.[1] ?? []);
  return [...new Set(found)].sort();
}

function starter(name: string, line: RegExp): ComparedMain {
  return { name, jars: all, words: [`storm.starter.${name}`], line };
}

function acme(name: string, line: RegExp): ComparedMain {
  return { name, jars: all, words: [`acme.local.${name}`], line };
}
