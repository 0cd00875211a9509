import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { CommandError } from './errors.ts';

const timeoutMs = 20_000;
const bytesMax = 32 * 1024 * 1024;

/**
 * What every thread of a Java process does, by the JDK's own jcmd.
 * @param pid of a worker of ours
 * @throws CommandError with a sentence
 */
export function threadDump(
  pid: number,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const { JAVA_HOME: javaHome } = environment;
  const program = javaHome ? join(javaHome, 'bin', 'jcmd') : 'jcmd';
  return new Promise((resolve, reject) => {
    execFile(
      program,
      [String(pid), 'Thread.print', '-l'],
      { timeout: timeoutMs, maxBuffer: bytesMax, env: environment },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new CommandError(sentenceOf(pid, `${stderr}${stdout}`)));
      },
    );
  });
}

function sentenceOf(pid: number, output: string): string {
  const [reason = ''] = output.split('\n').filter((line) => /exception|error/i.test(line));
  return `The threads of process ${pid} cannot be seen: it is no Java process, or jcmd of the JDK is missing or of another version. ${reason}`.trim();
}
