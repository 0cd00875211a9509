import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach } from 'vitest';
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

/** A home for each test of the file: paths in it, and command lines that are run in it. */
export function testHome() {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gearstorm-cli-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  return {
    at: (...parts: readonly string[]) => join(folder, ...parts),
    run: (line: readonly string[], environment: Record<string, string> = {}) =>
      runLine(folder, line, environment),
  };
}

async function runLine(
  home: string,
  line: readonly string[],
  environment: Record<string, string>,
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
