import {
  componentId,
  type InputCount,
  type StreamId,
  streamId,
  type WindowCounts,
} from '../../../storm-api/index.ts';
import type { ExecutorStats, InputStreamCount } from '../../wire/index.ts';

type InputSum = { -readonly [Name in keyof InputCount]: InputCount[Name] };

/**
 * What a component's executors counted together. Means weigh as much as the counts that they stand
 * for, as in Storm. There are thousands of executors, so that nothing is made for each of them.
 */
export function countsOf(all: readonly ExecutorStats[]): WindowCounts {
  return {
    emitted: sumOfStreams(all, 'emitted'),
    transferred: sumOfStreams(all, 'transferred'),
    acked: sumOfInputs(all, 'acked'),
    failed: sumOfInputs(all, 'failed'),
    executed: sumOfInputs(all, 'executed'),
  };
}

function sumOfStreams(
  all: readonly ExecutorStats[],
  part: 'emitted' | 'transferred',
): ReadonlyMap<StreamId, number> {
  const sums = new Map<StreamId, number>();
  for (const stats of all) {
    for (const { stream, count } of stats[part]) {
      const id = streamId(stream);
      sums.set(id, (sums.get(id) ?? 0) + count);
    }
  }
  return sums;
}

function sumOfInputs(
  all: readonly ExecutorStats[],
  part: 'acked' | 'failed' | 'executed',
): readonly InputCount[] {
  const sums: InputSum[] = [];
  for (const stats of all) {
    const counts = stats[part];
    for (let index = 0; index < counts.length; index++) {
      const each = counts[index];
      if (each === undefined) continue;
      const sum = sumFor(each, sums, index);
      if (sum === null) sums.push(firstSum(each));
      else addTo(sum, each);
    }
  }
  return sums;
}

/** Executors of one component tell their inputs in the same order, unless some are still without tuples. */
function sumFor(
  { source, stream }: InputStreamCount,
  sums: readonly InputSum[],
  expected: number,
): InputSum | null {
  const likely = sums[expected];
  if (likely?.source === source && likely.stream === stream) return likely;
  return sums.find((each) => each.source === source && each.stream === stream) ?? null;
}

function firstSum(each: InputStreamCount): InputSum {
  const { source, stream, count } = each;
  return { source: componentId(source), stream: streamId(stream), count, meanMs: meanOf(each) };
}

function addTo(sum: InputSum, each: InputStreamCount): void {
  const count = sum.count + each.count;
  const meanMs = meanOf(each);
  if (sum.meanMs === null || meanMs === null) sum.meanMs ??= meanMs;
  else sum.meanMs = (sum.meanMs * sum.count + meanMs * each.count) / count;
  sum.count = count;
}

function meanOf({ sampled, totalMs }: InputStreamCount): number | null {
  return sampled === 0 ? null : totalMs / sampled;
}
