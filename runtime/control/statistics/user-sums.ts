import type { Rates } from '../../../storm-api/index.ts';
import type { ExecutorStats } from '../../wire/index.ts';

export const noRates: Rates = { emitted: 0, transferred: 0, executed: 0, acked: 0, failed: 0 };

export type Sums = { -readonly [Name in keyof Rates]: Rates[Name] };

/** Writes down what was counted, Storm's own streams left out. */
export function sumUp(sums: Sums, stats: ExecutorStats): void {
  sums.emitted = sumOf(stats.emitted);
  sums.transferred = sumOf(stats.transferred);
  sums.executed = sumOf(stats.executed);
  sums.acked = sumOf(stats.acked);
  sums.failed = sumOf(stats.failed);
}

export function difference(newer: Rates, older: Rates): Rates {
  return {
    emitted: newer.emitted - older.emitted,
    transferred: newer.transferred - older.transferred,
    executed: newer.executed - older.executed,
    acked: newer.acked - older.acked,
    failed: newer.failed - older.failed,
  };
}

function sumOf(counts: readonly { readonly stream: string; readonly count: number }[]): number {
  let sum = 0;
  for (const { stream, count } of counts) if (!stream.startsWith('__')) sum += count;
  return sum;
}
