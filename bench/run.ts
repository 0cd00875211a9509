import { mkdir } from 'node:fs/promises';
import type { Sides } from './cluster.ts';
import { Clusters } from './clusters.ts';
import { drpc } from './drpc.ts';
import { firstTuple } from './first-tuple.ts';
import { idle } from './idle.ts';
import { kafka } from './kafka.ts';
import { latency } from './latency.ts';
import { memory } from './memory.ts';
import { messagePassing } from './message-passing.ts';
import { multilang } from './multilang.ts';
import { nativeChains } from './native-chains.ts';
import { type BenchOptions, helpText, readOptions, resultsDirectory } from './options.ts';
import type { Comparison } from './outcome.ts';
import { writeReport } from './report/index.ts';
import { rest } from './rest.ts';
import { lineOf, writeResult } from './result.ts';
import { scaling } from './scaling.ts';
import { stormKafka } from './storm-kafka.ts';
import { trident } from './trident.ts';
import { upload } from './upload.ts';

const comparisons: readonly Comparison[] = [
  firstTuple,
  upload,
  idle,
  ...messagePassing,
  ...nativeChains,
  ...latency,
  memory,
  scaling,
  drpc,
  trident,
  kafka,
  stormKafka,
  ...multilang,
  rest,
];

const interrupted = 130;

/** `npm run bench`: ours beside real Storm, on this machine, now. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), comparisons);
  if (options.help) {
    process.stdout.write(helpText(comparisons));
    return;
  }
  if (!options.reportOnly) await compareAll(options);
  if (options.reportOnly || options.results === resultsDirectory) {
    await writeReport(resultsDirectory);
  }
}

async function compareAll(options: BenchOptions): Promise<void> {
  const clusters = new Clusters();
  stopAtSignals(clusters);
  try {
    for (const comparison of options.comparisons) {
      await compare(comparison, clusters, options).catch((error) => {
        onFailure(comparison.name, error);
      });
    }
  } finally {
    await clusters.stop();
  }
}

async function compare(
  comparison: Comparison,
  clusters: Clusters,
  options: BenchOptions,
): Promise<void> {
  const versions = comparison.peers.filter((version) => options.peers?.includes(version) ?? true);
  const sides = await startSides(versions, clusters);
  for (const outcome of await comparison.run(sides, options.quick)) {
    if (options.results !== null) {
      await mkdir(options.results, { recursive: true });
      await writeResult(options.results, outcome);
    }
    process.stdout.write(`${lineOf(outcome)}\n`);
  }
}

async function startSides(versions: readonly string[], clusters: Clusters): Promise<Sides> {
  const ours = await clusters.ours();
  const peers = new Map();
  for (const version of versions) peers.set(version, await clusters.peer(version));
  return { ours, peers, onFailure };
}

/** The run goes on, but does not end well. */
function onFailure(what: string, error: unknown): void {
  process.exitCode = 1;
  process.stderr.write(`${what}: ${error instanceof Error ? error.message : error}\n`);
}

/** A terminal sends its signal to every process of the run, so it may come twice. */
function stopAtSignals(clusters: Clusters): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      clusters.stop().then(
        () => process.exit(interrupted),
        () => process.exit(interrupted),
      );
    });
  }
}

await main();
