import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Of one worker; the oldest goes when there is another. */
const dumpsMax = 10;

/** As Storm names what its profiling leaves: what it is, and how it ends. */
const kinds = {
  threads: { prefix: 'jstack', extension: 'txt' },
  recording: { prefix: 'recording', extension: 'jfr' },
  heap: { prefix: 'recording', extension: 'bin' },
} as const;

/** Lies beside the log, but is no log: log bounds leave it alone. */
export function dumpsFolder(logFile: string): string {
  return join(dirname(logFile), 'dumps');
}

/** The path of a dump that is to be written, in a folder that has room for it. */
export async function nextDump(
  logFile: string,
  pid: number,
  kind: keyof typeof kinds,
): Promise<string> {
  const folder = dumpsFolder(logFile);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { prefix, extension } = kinds[kind];
  const [date, time] = new Date()
    .toISOString()
    .replace(/[-:]|\..*/g, '')
    .split('T');
  const name = `${prefix}-${pid}-${date}-${time}.${extension}`;
  const others = (await readdir(folder)).filter((each) => each !== name).sort(byTime);
  for (const old of others.slice(0, Math.max(0, others.length - dumpsMax + 1))) {
    await rm(join(folder, old), { force: true });
  }
  return join(folder, name);
}

/** Names end with the time at which they were made. */
function byTime(one: string, other: string): number {
  const [first, second] = [one, other].map((name) => /\d+-\d+\.\w+$/.exec(name)?.[0] ?? '');
  return (first ?? '') < (second ?? '') ? -1 : 1;
}
