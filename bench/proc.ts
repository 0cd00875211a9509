import { readFile } from 'node:fs/promises';

/** Linux counts processor time in hundredths of a second, whatever the kernel's own tick. */
const msPerTick = 10;

/** User and system time that the processes have used so far. */
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

async function processTimeMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // the program's name may hold spaces; the fields after it start with the state, number 3
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * msPerTick;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
