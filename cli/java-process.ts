import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError } from './errors.ts';
import { type JfrEvents, sampledStacks } from './sampled-stacks.ts';

const timeoutMs = 20_000;
const bytesMax = 256 * 1024 * 1024;
const stackDepth = 64;
/** The recording ends by itself; its file is written a moment later. */
const writtenAfterMs = 1000;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What every thread of a Java process does, by the JDK's own jcmd.
 * @param pid of a worker of ours
 * @throws CommandError with a sentence
 */
export async function threadDump(pid: number, environment: Environment): Promise<string> {
  return await jcmd(pid, ['Thread.print', '-l'], environment);
}

/**
 * Where a Java process spends its processor time, by the JDK's flight recorder: stacks from the thread
 * to the innermost method, each as often as it was seen.
 * @param pid of a worker of ours
 * @throws CommandError with a sentence
 */
export async function javaProfile(
  pid: number,
  secs: number,
  environment: Environment,
): Promise<readonly (readonly string[])[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gearstorm-profile-'));
  const file = join(folder, 'profile.jfr');
  try {
    const options = [`duration=${secs}s`, 'settings=profile', `filename=${file}`];
    await jcmd(pid, ['JFR.start', ...options], environment);
    await sleep(1000 * secs + writtenAfterMs);
    const words = ['print', '--json', '--stack-depth', String(stackDepth)];
    const text = await run('jfr', [...words, '--events', 'jdk.ExecutionSample', file], environment);
    return sampledStacks(JSON.parse(text) as JfrEvents);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function jcmd(
  pid: number,
  words: readonly string[],
  environment: Environment,
): Promise<string> {
  try {
    return await run('jcmd', [String(pid), ...words], environment);
  } catch (error) {
    const [reason = ''] = String((error as Error).message)
      .split('\n')
      .filter((line) => /exception|error|not found/i.test(line));
    throw new CommandError(
      `Process ${pid} cannot be looked into: it is no Java process, or jcmd of the JDK is missing. ${reason}`.trim(),
    );
  }
}

/** A program of the JDK. @throws Error with what it printed */
function run(name: string, args: readonly string[], environment: Environment): Promise<string> {
  const { JAVA_HOME: javaHome } = environment;
  const program = javaHome ? join(javaHome, 'bin', name) : name;
  return new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      { timeout: timeoutMs, maxBuffer: bytesMax, env: environment },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(`${stderr}${stdout}${error.message}`));
      },
    );
  });
}
