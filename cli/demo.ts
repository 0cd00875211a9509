import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { CommandContext } from './command-context.ts';
import { CommandError } from './errors.ts';
import { peek } from './peek-client.ts';
import { withPrivateServe } from './private-serve.ts';
import type { ReadyFacts } from './ready-file.ts';
import { WordCounts } from './word-counts.ts';

const topology = 'word-count';
const mainClass = 'storm.starter.WordCountTopology';
const component = 'count';
const topWords = 8;
const showMs = 1000;
/** What `--once` looks at: at least so many tuples, for at least so long. */
const onceTuples = 500;
const onceMs = 5000;
const silenceMsMax = 60_000;

/**
 * Runs a jar that Apache built in 2015 from submission to live results, in a temporary folder and on
 * free ports. Ends by Ctrl-C, or with `once` when enough counts were checked.
 *
 * @throws CommandError when the counts are not right
 */
export async function runDemo(context: CommandContext, once: boolean): Promise<void> {
  const interrupted = interruption();
  await withPrivateServe(context, async ({ facts }) => {
    context.out.write(`Serving; the page is http://${facts.ui.host}:${facts.ui.port}/\n`);
    try {
      await gearstorm(context, facts, ['jar', context.paths.starterJar, mainClass, topology]);
      await watch(context, facts, { once, interrupted });
      await gearstorm(context, facts, ['kill', topology, '-w', '0']);
    } finally {
      context.out.write('Stopping\n');
    }
  });
}

/** Runs a command of ours as a user would. */
async function gearstorm(
  { paths }: CommandContext,
  { nimbus }: ReadyFacts,
  args: readonly string[],
): Promise<void> {
  const options = ['-c', `nimbus.host=${nimbus.host}`, '-c', `nimbus.thrift.port=${nimbus.port}`];
  const program = join(paths.root, 'bin', 'gearstorm');
  const child = spawn(process.execPath, [program, ...args, ...options], { stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0) throw new CommandError(`gearstorm ${args[0]} failed (${code})`);
}

interface Watching {
  readonly once: boolean;
  readonly interrupted: Promise<void>;
}

async function watch(
  context: CommandContext,
  facts: ReadyFacts,
  { once, interrupted }: Watching,
): Promise<void> {
  const counts = new WordCounts();
  const timer = new TupleTimer(counts);
  const display = setInterval(() => {
    show(context, counts);
    timer.check();
  }, showMs);
  try {
    await Promise.race([follow(facts, counts, once), interrupted, timer.ranOut]);
  } finally {
    clearInterval(display);
  }
  if (once) judge(context, counts);
}

/** With `once` every tuple, until there are enough; else what the rate limit lets through, for ever. */
async function follow(facts: ReadyFacts, counts: WordCounts, once: boolean): Promise<void> {
  const startMs = Date.now();
  for await (const event of peek(facts.ui, { topology, component, stream: null, all: once })) {
    if (event.kind === 'end') throw new CommandError(`no more tuples: ${event.reason}`);
    if (event.kind === 'missed' && once)
      throw new CommandError(`${event.count} tuples were missed`);
    if (event.kind !== 'tuple') continue;
    const [word, count] = event.tuple.values;
    counts.add({ task: event.tuple.task, word: String(word), count: Number(count) });
    if (once && counts.tuples >= onceTuples && Date.now() - startMs >= onceMs) return;
  }
}

/** Gives up when nothing comes any more. */
class TupleTimer {
  readonly ranOut: Promise<never>;
  readonly #counts: WordCounts;
  #reject: (reason: Error) => void = () => {};
  #seen = 0;
  #sinceMs = Date.now();

  constructor(counts: WordCounts) {
    this.#counts = counts;
    this.ranOut = new Promise((_, reject) => {
      this.#reject = reject;
    });
  }

  check(): void {
    if (this.#counts.tuples !== this.#seen) {
      this.#seen = this.#counts.tuples;
      this.#sinceMs = Date.now();
    } else if (Date.now() - this.#sinceMs > silenceMsMax) {
      this.#reject(new CommandError(`no tuple of ${component} came for ${silenceMsMax / 1000} s`));
    }
  }
}

function show({ out }: CommandContext, counts: WordCounts): void {
  const words = counts.top(topWords).map(({ word, count }) => `${word} ${count}`);
  out.write(words.length === 0 ? 'waiting for the first word\n' : `${words.join('  ')}\n`);
}

function judge({ out }: CommandContext, counts: WordCounts): void {
  if (counts.problem !== null) throw new CommandError(`counts are wrong: ${counts.problem}`);
  if (counts.tuples < onceTuples) {
    throw new CommandError(`only ${counts.tuples} counts were seen, ${onceTuples} are needed`);
  }
  out.write(`${counts.tuples} counts of ${counts.words} words: none missing, none repeated\n`);
}

function interruption(): Promise<void> {
  return new Promise((resolve) => {
    process.on('SIGINT', () => resolve()).on('SIGTERM', () => resolve());
  });
}
