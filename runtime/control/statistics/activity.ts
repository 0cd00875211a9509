import {
  componentId,
  type InputRate,
  type LatencySpreads,
  type Rates,
  streamId,
  type TimeShares,
} from '../../../storm-api/index.ts';
import type { ComponentKind, ExecutorPlace } from './executor-places.ts';
import { inputKey } from './input-key.ts';
import { LatencySum } from './latency-spread.ts';
import type { LatencyPart, RecentReading } from './recent-book.ts';
import type { StatisticsBook } from './statistics-book.ts';
import { noRates } from './user-sums.ts';

const capacityWindowSecs = 600;

/** Of several executors together. */
export function ratesOf(readings: readonly RecentReading[]): Rates {
  const rates = { ...noRates };
  for (const { sums, spanMs } of readings) {
    rates.emitted += (1000 * sums.emitted) / spanMs;
    rates.transferred += (1000 * sums.transferred) / spanMs;
    rates.executed += (1000 * sums.executed) / spanMs;
    rates.acked += (1000 * sums.acked) / spanMs;
    rates.failed += (1000 * sums.failed) / spanMs;
  }
  return rates;
}

export function inputRatesOf(readings: readonly RecentReading[]): readonly InputRate[] {
  const rates = new Map<string, InputRate>();
  for (const { executed, spanMs } of readings) {
    for (const input of executed) {
      const { source, stream, count } = input;
      const key = inputKey(input);
      const perSec = (rates.get(key)?.perSec ?? 0) + (1000 * count) / spanMs;
      rates.set(key, { source: componentId(source), stream: streamId(stream), perSec });
    }
  }
  return [...rates.values()];
}

const latencySum = new LatencySum();

export function latenciesOf(
  kind: ComponentKind,
  readings: readonly RecentReading[],
): LatencySpreads {
  const spreadIn = (part: LatencyPart) => {
    for (const reading of readings) reading.addLatencies(part, latencySum);
    return latencySum.take();
  };
  const ofAcks = spreadIn('ackLatency');
  return kind === 'spout'
    ? { queue: null, execute: null, process: null, complete: ofAcks }
    : {
        queue: spreadIn('queueLatency'),
        execute: spreadIn('executeLatency'),
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

/** By Little's law; null when nothing moves. */
export function waitMs(tuples: number, perSec: number): number | null {
  if (tuples === 0) return 0;
  return perSec > 0 ? (1000 * tuples) / perSec : null;
}

/**
 * Storm's capacity of a bolt's executor: its share of the last ten minutes in execute. null of a
 * spout, and until its worker reported for the first time.
 */
export function executorCapacity(
  place: ExecutorPlace,
  book: StatisticsBook,
  nowMs: number,
): number | null {
  const { firstTask, lastTask } = place.plan;
  if (place.kind === 'spout') return null;
  const spentMs = book.executeMsLately(firstTask, lastTask, nowMs);
  if (spentMs === null) return null;
  const uptimeSecs = executorUptimeSecs(place, book, nowMs);
  return spentMs / (1000 * Math.max(1, Math.min(uptimeSecs, capacityWindowSecs)));
}

/** 0 while it does not run, and until its worker reported for the first time. */
export function executorUptimeSecs(
  { plan, isRunning }: ExecutorPlace,
  book: StatisticsBook,
  nowMs: number,
): number {
  const sinceMs = book.runningSinceMs(plan.firstTask);
  return sinceMs === null || !isRunning ? 0 : Math.floor((nowMs - sinceMs) / 1000);
}
