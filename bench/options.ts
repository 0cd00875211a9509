import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../conformance-tests/harness/index.ts';
import type { Comparison } from './outcome.ts';

/** What the words after `npm run bench --` ask for. */
export interface BenchOptions {
  readonly comparisons: readonly Comparison[];
  /** Null for all that a comparison knows. */
  readonly peers: readonly string[] | null;
  readonly quick: boolean;
  readonly help: boolean;
  readonly reportOnly: boolean;
  /** Where result files go; null when they are not written. */
  readonly results: string | null;
}

/** Where the results lie that the page is made from. */
export const resultsDirectory = join(projectRoot, 'bench/results');

/** @throws Error for a word that it does not know */
export function readOptions(
  words: readonly string[],
  comparisons: readonly Comparison[],
): BenchOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      only: { type: 'string' },
      peers: { type: 'string' },
      results: { type: 'string' },
      quick: { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    comparisons: values.only === undefined ? comparisons : choose(values.only, comparisons),
    peers: values.peers?.split(',') ?? null,
    quick: values.quick,
    help: values.help,
    reportOnly: values.report,
    // a quick run is a look, not a result to quote
    results: values.results ?? (values.quick ? null : resultsDirectory),
  };
}

/** The text of `--help`, with every comparison and how long it takes. */
export function helpText(comparisons: readonly Comparison[]): string {
  const lines = comparisons.map(({ name, about, minutes }) => {
    const times = [minutes.quick, minutes.full].map((time) => String(time).padStart(4)).join('');
    return `  ${name.padEnd(15)}${times}  ${about}`;
  });
  const total = comparisons.reduce((sum, { minutes }) => sum + minutes.full, 0);
  return `npm run bench -- [--only NAME,...] [--peers VERSION,...] [--quick] [--results DIR] [--report]

Gearstorm beside real Storm, in turns on this machine. All comparisons take about ${total} minutes;
--quick takes one short look and writes nothing unless --results says where. Then, and with --report
alone, docs/benchmarks.md is made from the files of bench/results. Real Storm needs root (network
namespaces); PEERS_HOME is where its jars stay.

  name           quick full  minutes
${lines.join('\n')}
`;
}

function choose(only: string, comparisons: readonly Comparison[]): readonly Comparison[] {
  return only.split(',').map((name) => {
    const found = comparisons.find((comparison) => comparison.name === name);
    if (found !== undefined) return found;
    const known = comparisons.map((comparison) => comparison.name).join(', ');
    throw new Error(`no comparison is called ${name}; there are ${known}`);
  });
}
