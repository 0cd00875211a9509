import { CommandError } from './errors.ts';
import { takeGlobalOptions } from './global-options.ts';
import { ProductPaths } from './product-paths.ts';
import { runCommand } from './program.ts';
import { stormEnvironment } from './storm-environment.ts';

/** Errors whose message is written for the user; any other is a defect, and its message has to do. */
function sentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] ?? '';
}

async function main(line: readonly string[]): Promise<number> {
  let exitCode = 0;
  try {
    Object.assign(process.env, stormEnvironment(process.env)); // for what we start, too
    const { rest, ...options } = takeGlobalOptions(line);
    await runCommand(rest, {
      options,
      paths: new ProductPaths(),
      environment: process.env,
      out: process.stdout,
      err: process.stderr,
      setExitCode: (code) => {
        exitCode = code;
      },
    });
    return exitCode;
  } catch (error) {
    process.stderr.write(`${sentence(error)}\n`);
    if (process.env['GEARSTORM_DEBUG'] === '1') process.stderr.write(`${(error as Error).stack}\n`);
    return error instanceof CommandError ? error.exitCode : 1;
  }
}

// A reader that has seen enough (`gearstorm peek … | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});
const exitCode = await main(process.argv.slice(2));
// What a user's program has begun here, such as a server or a timer, does not keep us.
process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
