import type { Rates } from '../../../storm-api/index.ts';
import type { ExecutorStats } from '../../wire/index.ts';

export const noRates: Rates = { emitted: 0, transferred: 0, executed: 0, acked: 0, failed: 0 };

/** What was counted, Storm's own streams left out. */
export function userSums(stats: ExecutorStats): Rates {
  return {
    emitted: sumOf(stats.emitted),
    transferred: sumOf(stats.transferred),
    executed: sumOf(stats.executed),
    acked: sumOf(stats.acked),
    failed: sumOf(stats.failed),
  };
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
