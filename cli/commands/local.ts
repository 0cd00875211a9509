import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../errors.ts';
import { checkJar } from '../jar-check.ts';
import { clientLibraries, localCommandLine, runInPlace } from '../java-client.ts';

const command = 'local <file> [args..]';
const jarUsage = 'usage: gearstorm local [--ttl SECS] <jar> <class> [args..]';
/** Storm's, of topologies that run when the main has ended. */
const jarTtlSecs = 20;

interface LocalArguments {
  readonly file: string;
  readonly args?: string[] | undefined;
  readonly ttl?: number | undefined;
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
        }),
    handler: async ({ file, args = [], ttl }) => {
      if (ttl !== undefined) checkTtl(ttl);
      const { runLocal } = await import('../local-run.ts');
      await runLocal(context, { file, args: args.map(String), ttlSecs: ttl ?? null });
    },
  };
}

/** What `local` runs of a jar. */
interface LocalJar {
  readonly jar: string;
  readonly ttlSecs: number;
  /** The class and its arguments. */
  readonly rest: readonly string[];
}

/**
 * The line when it names a jar; null when it does not. Of what follows the class only Storm's
 * `--local-ttl` is ours.
 * @throws CommandError
 */
export function takeLocalJar(line: readonly string[]): LocalJar | null {
  let jar: string | null = null;
  let ttlSecs = jarTtlSecs;
  const rest: string[] = [];
  for (let index = 0; index < line.length; index++) {
    const word = line[index] ?? '';
    const [option = '', given] = word.split('=');
    if (option === '--local-ttl' || (option === '--ttl' && rest.length === 0)) {
      ttlSecs = checkTtl(Number(given ?? line[++index]));
    } else if (jar === null) {
      jar = word;
    } else {
      rest.push(word);
    }
  }
  return jar?.endsWith('.jar') === true ? { jar, ttlSecs, rest } : null;
}

/** @throws CommandError */
export async function runLocalJar(
  context: CommandContext,
  { jar, ttlSecs, rest }: LocalJar,
): Promise<void> {
  const [className, ...args] = rest;
  if (className === undefined) throw new CommandError(jarUsage);
  await checkJar(jar, className, clientLibraries(context));
  const java = localCommandLine(context, { jar, className, args }, ttlSecs);
  context.setExitCode(await runInPlace(java));
}

function checkTtl(secs: number): number {
  if (secs > 0) return secs;
  throw new CommandError('--ttl takes seconds above 0');
}
