import { type StreamId, systemPrefix } from '../model/ids.ts';
import type { InputCount } from '../topology-facts.ts';
import type { StatisticsWindow, WindowCounts, Windows } from './statistics.ts';

/** What Storm's pages say of one window: everything is null before anything was reported. */
export interface Totals {
  readonly emitted: number | null;
  readonly transferred: number | null;
  readonly executed: number | null;
  readonly acked: number | null;
  readonly failed: number | null;
  readonly executeMs: number | null;
  /** Process latency of bolts, complete latency of spouts. */
  readonly ackMs: number | null;
}

const unknown: Totals = {
  ...{ emitted: null, transferred: null, executed: null, acked: null, failed: null },
  ...{ executeMs: null, ackMs: null },
};

/** @param withSystem whether Storm's own streams count among the emitted and transferred */
export function totalsOf(windows: Windows, window: string, withSystem: boolean): Totals {
  const counts = windows.get(window as StatisticsWindow);
  return counts === undefined ? unknown : totals(counts, withSystem);
}

function totals(counts: WindowCounts, withSystem: boolean): Totals {
  return {
    emitted: sumOf(streamsOf(counts.emitted, withSystem)),
    transferred: sumOf(streamsOf(counts.transferred, withSystem)),
    executed: sumOf(counts.executed.map(({ count }) => count)),
    acked: sumOf(counts.acked.map(({ count }) => count)),
    failed: sumOf(counts.failed.map(({ count }) => count)),
    executeMs: meanOf(counts.executed),
    ackMs: meanOf(counts.acked),
  };
}

/** Several components' totals together; what none of them knows stays unknown. */
export function sumOfTotals(all: readonly Totals[]): Totals {
  const known = all.filter(({ emitted }) => emitted !== null);
  if (known.length === 0) return unknown;
  const sum = (of: (each: Totals) => number | null) => sumOf(known.map((each) => of(each) ?? 0));
  const acked = sum((each) => each.acked);
  const ackedMs = sum((each) => (each.ackMs ?? 0) * (each.acked ?? 0));
  return {
    emitted: sum((each) => each.emitted),
    transferred: sum((each) => each.transferred),
    executed: sum((each) => each.executed),
    acked,
    failed: sum((each) => each.failed),
    executeMs: null,
    ackMs: acked === 0 ? 0 : ackedMs / acked,
  };
}

function streamsOf(counts: ReadonlyMap<StreamId, number>, withSystem: boolean): readonly number[] {
  return [...counts].flatMap(([stream, count]) =>
    withSystem || !stream.startsWith(systemPrefix) ? [count] : [],
  );
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** Over streams; each mean weighs as much as its count. */
function meanOf(inputs: readonly InputCount[]): number {
  const count = sumOf(inputs.map((each) => each.count));
  return count === 0 ? 0 : sumOf(inputs.map((each) => each.count * (each.meanMs ?? 0))) / count;
}
