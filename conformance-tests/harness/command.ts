import { spawn } from 'node:child_process';

export interface CommandOptions {
  readonly directory?: string;
  /** Replaces the whole environment; absent: ours. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
  /** Ends a program that has no end, by a signal: asked whenever it has printed something. */
  readonly enough?: (stdout: string) => boolean;
}

export interface CommandResult {
  /** null when a signal ended it, as it does after the timeout. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const timeoutMsDefault = 120_000;

/** Runs a program to its end, whatever its exit code. */
export function runCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: options.directory,
      env: options.environment ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs ?? timeoutMsDefault,
      killSignal: 'SIGKILL',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (options.enough?.(stdout) === true) child.kill('SIGKILL');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/** Runs a program that has to succeed and returns what it printed. */
export async function mustRun(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const result = await runCommand(file, args, options);
  if (result.exitCode === 0) return result.stdout;
  throw new Error(
    `${file} ${args.join(' ')} ended with ${result.exitCode}\n${result.stdout}${result.stderr}`,
  );
}
