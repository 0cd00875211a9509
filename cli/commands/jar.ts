import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../errors.ts';
import { checkJar } from '../jar-check.ts';
import { clientLibraries, jarCommandLine, runInPlace } from '../java-client.ts';

const command = 'jar <jar> <class> [args..]';

/** For its help only: `runJar` takes the line as it is. */
export function jarCommand(context: CommandContext): CommandModule {
  return {
    command,
    describe: "Run a class of a jar with Storm's client; what it submits runs here",
    handler: () => runJar(context, []),
  };
}

/**
 * Whatever follows the class is the user's program's own: nothing of it is read as an option of ours.
 *
 * @throws CommandError
 */
export async function runJar(context: CommandContext, line: readonly string[]): Promise<void> {
  const [jar, className, ...args] = line;
  if (jar === undefined || className === undefined) {
    throw new CommandError(`usage: gearstorm ${command}`);
  }
  await checkJar(jar, className, clientLibraries(context));
  const java = jarCommandLine(context, { jar, className, args });
  context.out.write(`Running: ${[java.program, ...java.args].join(' ')}\n`);
  context.setExitCode(await runInPlace(java));
}
