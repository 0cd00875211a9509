import type { StatisticsWindow } from '../../../storm-api/index.ts';
import type { ExecutorStats } from '../../wire/index.ts';
import { CountColumns, type CountRow } from './count-columns.ts';
import { SnapshotRing, type StampedSnapshot } from './snapshot-ring.ts';

type TimedWindow = Exclude<StatisticsWindow, ':all-time'>;

const windows: readonly TimedWindow[] = ['600', '10800', '86400'];
/** As many as Storm's windows have. */
const bucketsPerWindow = 20;

interface Totals {
  /** null: nothing. */
  total(firstTask: number): ExecutorStats | null;
}

interface History {
  readonly columns: CountColumns;
  readonly rings: ReadonlyMap<TimedWindow, SnapshotRing<CountRow>>;
  /** When the next bucket of one of them begins: thousands of executors report in between. */
  nextMs: number;
}

type Entries = readonly StampedSnapshot<CountRow>[];
type StoredHistory = readonly [
  firstTask: number,
  names: readonly string[],
  rings: readonly Entries[],
];

/** What executors had counted at earlier times, by first task: the windows of Storm's statistics. */
export class WindowBook {
  readonly #histories: Map<number, History>;
  #changed = false;

  private constructor(histories: Map<number, History>) {
    this.#histories = histories;
  }

  static empty(): WindowBook {
    return new WindowBook(new Map());
  }

  /** The book that `takeChanges` gave this text for. @throws SyntaxError or TypeError for any other */
  static parse(text: string): WindowBook {
    const stored = JSON.parse(text) as readonly StoredHistory[];
    for (const [, names, rings] of stored) {
      const rows = rings.flatMap((entries) => entries.map(([, row]) => row));
      if (Array.isArray(names) && rows.every((row) => Array.isArray(row))) continue;
      throw new SyntaxError('these are no windows of counts');
    }
    return new WindowBook(
      new Map(stored.map(([task, names, rings]) => [task, newHistory(names, rings)])),
    );
  }

  /** The whole book as JSON, if it changed since the last call; else null. */
  takeChanges(): string | null {
    if (!this.#changed) return null;
    this.#changed = false;
    const stored = [...this.#histories].map(([task, { columns, rings }]): StoredHistory => {
      const entries = windows.map((window) => rings.get(window)?.entries ?? []);
      return [task, columns.names, entries];
    });
    return JSON.stringify(stored);
  }

  /** @param counted tells what was counted until now, and is not kept */
  beforeRecord(firstTask: number, counted: Totals, nowMs: number): void {
    const history = this.#historyOf(firstTask);
    if (nowMs >= history.nextMs) this.#advance(history, counted.total(firstTask), nowMs);
  }

  #advance(history: History, total: ExecutorStats | null, nowMs: number): void {
    const { columns, rings } = history;
    for (const ring of rings.values()) {
      if (ring.advance(nowMs, () => columns.rowOf(total))) this.#changed = true;
    }
    history.nextMs = Math.min(...Array.from(rings.values(), (ring) => ring.nextMs));
  }

  /** What of the total was counted in the window. */
  within(window: TimedWindow, total: ExecutorStats, nowMs: number): ExecutorStats {
    const { columns, base } = this.#at(window, total, nowMs);
    return columns.since(base, total);
  }

  /** How long what was counted in the window spent in execute, by sampled means. */
  executeMsWithin(window: TimedWindow, total: ExecutorStats, nowMs: number): number {
    const { columns, base } = this.#at(window, total, nowMs);
    return columns.executeMsSince(base, total);
  }

  /** Where the window begins. */
  #at(window: TimedWindow, total: ExecutorStats, nowMs: number) {
    const history = this.#histories.get(total.firstTask);
    const columns = history?.columns ?? new CountColumns();
    return { columns, base: history?.rings.get(window)?.base(nowMs) ?? columns.rowOf(total) };
  }

  #historyOf(firstTask: number): History {
    const known = this.#histories.get(firstTask);
    if (known !== undefined) return known;
    const history = newHistory([], []);
    this.#histories.set(firstTask, history);
    return history;
  }
}

function newHistory(names: readonly string[], rings: readonly Entries[]): History {
  return {
    columns: new CountColumns(names),
    rings: new Map(
      windows.map((window, index) => [
        window,
        new SnapshotRing(Number(window) * 1000, bucketsPerWindow, rings[index] ?? []),
      ]),
    ),
    nextMs: Number.NEGATIVE_INFINITY,
  };
}
