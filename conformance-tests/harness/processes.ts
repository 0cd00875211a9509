import { readdir, readFile, readlink } from 'node:fs/promises';

/** Linux counts process times in hundredths of a second for programs. */
const msPerTick = 10;

/** The processes that name the path in their command line or environment, or stand below it. */
export async function processesNaming(path: string): Promise<readonly number[]> {
  const entries = await readdir('/proc');
  const pids = entries.filter((entry) => /^\d+$/.test(entry)).map(Number);
  const named = await Promise.all(pids.map((pid) => names(pid, path)));
  return pids.filter((pid, index) => named[index] === true && pid !== process.pid);
}

/** True while the process exists and is not a zombie. */
export async function isRunning(pid: number): Promise<boolean> {
  try {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8');
    return !status.slice(status.lastIndexOf(')')).startsWith(') Z');
  } catch {
    return false;
  }
}

/** When a process began, in milliseconds since 1970, to some 20 ms; null when it is gone. */
export async function startedAtMs(pid: number): Promise<number | null> {
  const stat = await quietly(readFile(`/proc/${pid}/stat`, 'utf8'));
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  if (ticks === undefined) return null;
  const uptimeMs = Number.parseFloat(await readFile('/proc/uptime', 'utf8')) * 1000;
  return Date.now() - uptimeMs + Number(ticks) * msPerTick;
}

async function names(pid: number, path: string): Promise<boolean> {
  if (!(await isRunning(pid))) return false;
  const views = await Promise.all([
    quietly(readFile(`/proc/${pid}/cmdline`, 'utf8')),
    quietly(readFile(`/proc/${pid}/environ`, 'utf8')),
    quietly(readlink(`/proc/${pid}/cwd`)),
  ]);
  return views.some((view) => view.includes(path));
}

/** A process may end, or belong to someone else, while it is looked at. */
async function quietly(view: Promise<string>): Promise<string> {
  try {
    return await view;
  } catch {
    return '';
  }
}
