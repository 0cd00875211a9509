import { readFile } from 'node:fs/promises';

/** One row that a component of the topologies in ../topologies wrote. */
export interface LedgerRow {
  /** Rows are appended one by one by all tasks: a smaller position is earlier. */
  readonly position: number;
  readonly component: string;
  readonly task: number;
  readonly event: string;
  readonly facts: readonly string[];
}

/** What a topology did, as its own components wrote it down. */
export class Ledger {
  readonly rows: readonly LedgerRow[];

  constructor(text: string) {
    // a last line without its end is a row that is being written
    const lines = text.split('\n').slice(0, -1);
    this.rows = lines.map(parseRow);
  }

  of(component: string, event: string): readonly LedgerRow[] {
    return this.rows.filter((row) => row.component === component && row.event === event);
  }

  count(component: string, event: string): number {
    return this.of(component, event).length;
  }
}

/** The file's rows so far; a file that is not there yet has none. */
export async function readLedger(path: string): Promise<Ledger> {
  try {
    return new Ledger(await readFile(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Ledger('');
    throw error;
  }
}

/** The process ids of the workers that opened spouts, in order of appearance. */
export function workerPids(ledger: Ledger): readonly number[] {
  const opens = ledger.rows.filter((row) => row.event === 'open');
  return [...new Set(opens.map((row) => Number.parseInt(fact(row, 0), 10)))];
}

export function fact(row: LedgerRow, index: number): string {
  const value = row.facts[index];
  if (value === undefined) throw new Error(`row ${row.position} has no fact ${index}`);
  return value;
}

export function groupBy<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = key(item);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}

function parseRow(line: string, position: number): LedgerRow {
  const [component = '', task = '', event = '', ...facts] = line.split('\t');
  return { position, component, task: Number.parseInt(task, 10), event, facts };
}
