import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../errors.ts';
import { checkJar } from '../jar-check.ts';
import { clientLibraries, localCommandLine, runInPlace } from '../java-client.ts';

const command = 'local <file> [args..]';
const jarUsage =
  'usage: gearstorm local [--ttl SECS] [--java-debug OPTIONS] <jar> <class> [args..]';
/** Storm's, of topologies that run when the main has ended. */
const jarTtlSecs = 20;

interface LocalArguments {
  readonly file: string;
  readonly args?: string[] | undefined;
  readonly ttl?: number | undefined;
  readonly javaDebug?: string | undefined;
}

export function localCommand(context: CommandContext): CommandModule<object, LocalArguments> {
  return {
    command,
    describe: 'Run topologies here: a class of a jar (local <jar> <class>), or a TypeScript file',
    builder: (line) =>
      line
        .positional('file', { type: 'string', demandOption: true })
        .positional('args', { type: 'string', array: true })
        .option('ttl', {
          type: 'number',
          requiresArg: true,
          describe:
            'Seconds until it ends; else at Ctrl-C. Of a jar: seconds after its main has ended, else 20',
        })
        .option('java-debug', {
          type: 'string',
          requiresArg: true,
          describe: "Of a jar: options of the JVM's debugging agent (-agentlib:jdwp=)",
        }),
    handler: async ({ file, args = [], ttl, javaDebug }) => {
      if (ttl !== undefined) checkTtl(ttl);
      if (javaDebug !== undefined) throw new CommandError('--java-debug is for a jar');
      const { runLocal } = await import('../local-run.ts');
      await runLocal(context, { file, args: args.map(String), ttlSecs: ttl ?? null });
    },
  };
}

/** What `local` runs of a jar. */
interface LocalJar {
  readonly jar: string;
  readonly ttlSecs: number;
  /** For the JVM's debugging agent; null for none. */
  readonly debug: string | null;
  /** The class and its arguments. */
  readonly rest: readonly string[];
}

const inOneJar =
  'put what the topology needs into its jar, or run java with a class path of your own';
/** Options of Storm 2's `local` that are not here, and what to do instead. */
const refused: ReadonlyMap<string, string> = new Map([
  ['--local-zookeeper', 'new LocalCluster(HOST, PORT) in the main uses a ZooKeeper that runs'],
  ...[
    ...['--jars', '--artifacts', '--artifactRepositories', '--mavenLocalRepositoryDirectory'],
    ...['--proxyUrl', '--proxyUsername', '--proxyPassword'],
  ].map((option) => [option, inOneJar] as const),
]);

/** A line of words, and what its options say. */
interface TakenOptions {
  readonly own: readonly string[];
  readonly ttl: string | undefined;
  readonly debug: string | null;
  /** The first option that is refused; null for none. */
  readonly refusedOption: string | null;
}

/**
 * The line when it names a jar; null when it does not. Storm 2's options of `local` may stand
 * anywhere before a `--`, as there; all else that follows the class is the main's own.
 * @throws CommandError
 */
export function takeLocalJar(line: readonly string[]): LocalJar | null {
  const end = line.includes('--') ? line.indexOf('--') : line.length;
  const { own, ttl, debug, refusedOption } = takeOptions(line.slice(0, end));
  const [jar, ...rest] = own;
  if (jar?.endsWith('.jar') !== true) return null;
  if (refusedOption !== null) {
    throw new CommandError(`${refusedOption} is not here: ${refused.get(refusedOption)}`);
  }
  if (debug === '') throw new CommandError("--java-debug takes options of the JVM's agent jdwp");
  return { jar, ttlSecs: checkTtl(Number(ttl)), debug, rest: [...rest, ...line.slice(end + 1)] };
}

function takeOptions(line: readonly string[]): TakenOptions {
  const words = line.values();
  const own: string[] = [];
  let ttl: string | undefined = String(jarTtlSecs);
  let debug: string | null = null;
  let refusedOption: string | null = null;
  for (const word of words) {
    const [, option = word, given] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
    const value = () => given ?? words.next().value;
    if (option === '--local-ttl' || (option === '--ttl' && own.length < 2)) ttl = value();
    else if (option === '--java-debug') debug = value() ?? '';
    else if (!refused.has(option)) own.push(word);
    else {
      refusedOption ??= option;
      value();
    }
  }
  return { own, ttl, debug, refusedOption };
}

/** @throws CommandError */
export async function runLocalJar(
  context: CommandContext,
  { jar, ttlSecs, debug, rest }: LocalJar,
): Promise<void> {
  const [className, ...args] = rest;
  if (className === undefined) throw new CommandError(jarUsage);
  await checkJar(jar, className, clientLibraries(context));
  const java = localCommandLine(context, { jar, className, args }, { ttlSecs, debug });
  context.setExitCode(await runInPlace(java));
}

function checkTtl(secs: number): number {
  if (secs > 0) return secs;
  throw new CommandError('--ttl takes seconds above 0');
}
