import { readFile } from 'node:fs/promises';

/** A row that a worker's meter wrote. */
export interface MeterRow {
  /** Of the epoch. */
  readonly timeMs: number;
  readonly value: string;
}

/** The last whole row of each worker, by its name. */
export type MeterRows = ReadonlyMap<string, MeterRow>;

/** What all workers have written so far; nothing while there is no file. */
export async function lastRows(file: string): Promise<MeterRows> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const rows = new Map<string, MeterRow>();
  for (const line of text.slice(0, text.lastIndexOf('\n') + 1).split('\n')) {
    const [timeMs, worker, value] = line.split('\t');
    if (worker !== undefined && value !== undefined) {
      rows.set(worker, { timeMs: Number(timeMs), value });
    }
  }
  return rows;
}

/** The sum of the counts of all workers. */
export function totalOf(rows: MeterRows): number {
  return [...rows.values()].reduce((total, { value }) => total + Number(value), 0);
}

/** Counted per second from one look to a later one, each worker by its own clock. */
export function perSecond(before: MeterRows, after: MeterRows): number {
  let rate = 0;
  for (const [worker, last] of after) {
    const first = before.get(worker);
    if (first !== undefined && last.timeMs > first.timeMs) {
      const counted = Number(last.value) - Number(first.value);
      rate += (1000 * counted) / (last.timeMs - first.timeMs);
    }
  }
  return rate;
}
