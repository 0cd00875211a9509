import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
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
/** All that a Java process has in memory. @throws CommandError with a sentence */
export async function heapDump(pid: number, file: string, environment: Environment): Promise<void> {
  await jcmdTo(file, pid, ['GC.heap_dump', `"${file}"`], environment);
}

/** By the JDK's flight recorder, until the time is over or `stopRecording` ends it. @throws CommandError */
export async function startRecording(
  pid: number,
  { file, minutes }: { readonly file: string; readonly minutes: number },
  environment: Environment,
): Promise<void> {
  const options = [recording, 'settings=profile', `duration=${minutes}m`, `filename="${file}"`];
  const said = await jcmd(pid, ['JFR.start', ...options], environment);
  if (!/^Started recording/m.test(said)) throw new CommandError(answerOf(said));
}

/** What was recorded so far. @throws CommandError when nothing is recorded */
export async function dumpRecording(
  pid: number,
  file: string,
  environment: Environment,
): Promise<void> {
  await jcmdTo(file, pid, ['JFR.dump', recording, `filename="${file}"`], environment);
}

/** What was recorded is in the file that it was begun with. @throws CommandError when nothing is recorded */
export async function stopRecording(pid: number, environment: Environment): Promise<void> {
  const said = await jcmd(pid, ['JFR.stop', recording], environment);
  if (!/^Stopped recording/m.test(said)) throw new CommandError(answerOf(said));
}

/** Of ours there is at most one in a process. */
const recording = 'name=storm';

/** A JVM says so, and that is all, where it does not do what it was asked for. */
async function jcmdTo(
  file: string,
  pid: number,
  words: readonly string[],
  environment: Environment,
): Promise<void> {
  await rm(file, { force: true });
  const said = await jcmd(pid, words, environment);
  if (existsSync(file)) return;
  throw new CommandError(`Process ${pid} wrote nothing: ${answerOf(said)}`);
}

async function jcmd(
  pid: number,
  words: readonly string[],
  environment: Environment,
): Promise<string> {
  if (!(await catchesQuit(pid))) throw new CommandError(`${noJava(pid)}.`);
  try {
    return await run('jcmd', [String(pid), ...words], environment);
  } catch (error) {
    const [reason = ''] = String((error as Error).message)
      .split('\n')
      .filter((line) => /exception|error|not found/i.test(line));
    throw new CommandError(`${noJava(pid)}, or jcmd of the JDK is missing. ${reason}`.trim());
  }
}

/** Without the first line, which names the process. */
function answerOf(said: string): string {
  return said.split('\n').slice(1).join(' ').replace(/\s+/g, ' ').trim();
}

function noJava(pid: number): string {
  return `Process ${pid} cannot be looked into: it is no Java process`;
}

/** jcmd knocks with SIGQUIT, which ends whoever does not catch it: Node, or a JVM that only begins. */
async function catchesQuit(pid: number): Promise<boolean> {
  try {
    const [, mask = '0'] =
      /^SigCgt:\s*(\w+)$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
    return (BigInt(`0x${mask}`) & (1n << BigInt(constants.signals.SIGQUIT - 1))) !== 0n;
  } catch {
    return false;
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
