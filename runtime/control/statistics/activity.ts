import {
  componentId,
  type InputRate,
  type LatencySpreads,
  type QueueDepth,
  type Rates,
  streamId,
  type TimeShares,
} from '../../../storm-api/index.ts';
import type { Processor } from '../../../translator/index.ts';
import type { InputStreamCount } from '../../wire/index.ts';
import { inputKey } from './input-key.ts';
import { spreadOf } from './latency-spread.ts';
import type { RecentReading } from './recent-book.ts';

const capacityWindowSecs = 600;

export type ComponentKind = 'spout' | 'bolt';

/** Storm shows its own components as bolts. */
export function kindOf(kind: Processor['kind']): ComponentKind {
  return kind === 'spout' ? 'spout' : 'bolt';
}

export function ratesOf({ sums, spanMs }: RecentReading): Rates {
  const perSec = (counted: number) => (1000 * counted) / spanMs;
  return {
    emitted: perSec(sums.emitted),
    transferred: perSec(sums.transferred),
    executed: perSec(sums.executed),
    acked: perSec(sums.acked),
    failed: perSec(sums.failed),
  };
}

export function inputRatesOf(readings: readonly RecentReading[]): readonly InputRate[] {
  const rates = new Map<string, InputRate>();
  for (const { counts, spanMs } of readings) {
    for (const input of counts.executed) {
      const { source, stream, count } = input;
      const key = inputKey(input);
      const perSec = (rates.get(key)?.perSec ?? 0) + (1000 * count) / spanMs;
      rates.set(key, { source: componentId(source), stream: streamId(stream), perSec });
    }
  }
  return [...rates.values()];
}

export function latenciesOf(
  kind: ComponentKind,
  readings: readonly RecentReading[],
): LatencySpreads {
  const ofAcks = spreadOf(readings.map(({ ackLatency }) => ackLatency));
  return kind === 'spout'
    ? { execute: null, process: null, complete: ofAcks }
    : {
        execute: spreadOf(readings.map(({ executeLatency }) => executeLatency)),
        process: ofAcks,
        complete: null,
      };
}

export function sharesOf({ busyMs, backpressuredMs, spanMs }: RecentReading): TimeShares {
  const busy = Math.min(1, busyMs / spanMs);
  const backpressured = Math.min(1 - busy, backpressuredMs / spanMs);
  return { busy, backpressured, idle: 1 - busy - backpressured };
}

/** What leaves the queue per second: a spout's holds acks and fails. */
export function takenOut(kind: ComponentKind, { executed, acked, failed }: Rates): number {
  return kind === 'spout' ? acked + failed : executed;
}

/** @param perSec how many are taken out */
export function queueOf({ queue }: RecentReading, perSec: number): QueueDepth | null {
  if (queue === null) return null;
  return { ...queue, waitMs: waitMs(queue.tuples, perSec) };
}

/** By Little's law; null when nothing moves. */
export function waitMs(tuples: number, perSec: number): number | null {
  if (tuples === 0) return 0;
  return perSec > 0 ? (1000 * tuples) / perSec : null;
}

/** @param executed by a bolt in the last ten minutes */
export function capacityOf(executed: readonly InputStreamCount[], uptimeSecs: number): number {
  const spentMs = executed.reduce(
    (sum, { count, totalMs, sampled }) => sum + (sampled === 0 ? 0 : (count * totalMs) / sampled),
    0,
  );
  return spentMs / (1000 * Math.max(1, Math.min(uptimeSecs, capacityWindowSecs)));
}
