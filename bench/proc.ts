import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';

const nanosecondsPerMs = 1e6;

/** What the threads that live now have used so far; `stat` has only hundredths of a second. */
export async function cpuTimeMs(pids: readonly number[]): Promise<number> {
  const times = await Promise.all(pids.map(processTimeMs));
  return sum(times);
}

/** Memory of the processes that is in RAM; pages that they share count for each. */
export async function residentMegabytes(pids: readonly number[]): Promise<number> {
  const sizes = await Promise.all(
    pids.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
    }),
  );
  return sum(sizes);
}

/** The processes and all that they have started, and those in turn. */
export async function withDescendants(pids: readonly number[]): Promise<readonly number[]> {
  const parents = await parentsOfAll();
  const found = new Set(pids);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}

/** Whether a word of the command that started the process is one of these. */
export async function isStartedWith(pid: number, words: readonly string[]): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.split('\0').some((word) => words.includes(word));
}

async function parentsOfAll(): Promise<ReadonlyMap<number, number>> {
  const entries = await readdir('/proc');
  const pids = entries.map(Number).filter((pid) => Number.isInteger(pid));
  const parents = await Promise.all(
    pids.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      return [pid, Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0)] as const;
    }),
  );
  return new Map(parents);
}

/** Those of the processes that run Node. */
export async function pidsOfNode(pids: readonly number[]): Promise<readonly number[]> {
  const files = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/exe`)));
  return pids.filter((_, index) => basename(files[index] ?? '') === 'node');
}

async function processTimeMs(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`);
  return sum(await Promise.all(threads.map((thread) => threadTimeMs(pid, thread))));
}

async function threadTimeMs(pid: number, thread: string): Promise<number> {
  // one that ended since it was listed counts nothing
  const stat = await readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').catch(() => '0');
  return Number(stat.split(' ')[0]) / nanosecondsPerMs;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
