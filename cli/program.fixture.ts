import { Writable } from 'node:stream';
import type { CommandContext } from './command-context.ts';
import { takeGlobalOptions } from './global-options.ts';
import { ProductPaths } from './product-paths.ts';
import { runCommand } from './program.ts';

class Text extends Writable {
  text = '';
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk;
    done();
  }
}

interface Outcome {
  readonly out: string;
  readonly code: number;
  readonly error: string | null;
}

/** Runs one command line with a home of its own. */
export async function runLine(
  home: string,
  line: readonly string[],
  environment: Record<string, string> = {},
): Promise<Outcome> {
  const { rest, ...options } = takeGlobalOptions(line);
  const out = new Text();
  let code = 0;
  const context: CommandContext = {
    options,
    paths: new ProductPaths(),
    environment: { HOME: home, PATH: process.env['PATH'], ...environment },
    out,
    err: new Text(),
    setExitCode: (exitCode) => {
      code = exitCode;
    },
  };
  try {
    await runCommand(rest, context);
    return { out: out.text, code, error: null };
  } catch (error) {
    const { message, exitCode } = error as Error & { exitCode?: number };
    return { out: out.text, code: exitCode ?? 1, error: message };
  }
}
