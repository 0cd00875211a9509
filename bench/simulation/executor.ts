import type { ExecutorStats, LatencyHistogram } from '../../runtime/wire/index.ts';
import { latencyBucketOf } from '../../runtime/wire/index.ts';
import type { ExecutionPlan, ExecutorPlan } from '../../translator/index.ts';

/** Latencies that occur, in nanoseconds: from 4 microseconds to 16 milliseconds. */
const latenciesNs = Array.from({ length: 13 }, (_, index) => 4_000 * 2 ** index);
const sampledOf = 20;

/** One of these is held back, another is what holds it back. */
const heldBackEvery = 10;

/**
 * What an executor would report after it ran for a while: everything grows evenly, faster for some tasks
 * than for others.
 */
export function simulatedStats(
  plan: ExecutionPlan,
  { component, firstTask, lastTask }: ExecutorPlan,
  uptimeMs: number,
): ExecutorStats {
  const processor = plan.processors.find(({ id }) => id === component);
  const isSpout = processor?.kind === 'spout';
  const perSec = 20 + ((firstTask * 7919) % 400);
  const count = Math.floor((perSec * uptimeMs) / 1000);
  const sampled = Math.floor(count / sampledOf);
  const counted = { count, sampled, totalMs: 1.5 * sampled };
  const inputs = plan.routes
    .filter((route) => route.target === component && !route.stream.startsWith('__'))
    .map(({ source, stream }) => ({ source, stream, ...counted }));
  const acked = isSpout ? [{ source: component, stream: 'default', ...counted }] : inputs;
  return {
    ...{ component, firstTask, lastTask, uptimeMs },
    emitted: [{ stream: 'default', count }],
    transferred: [{ stream: 'default', count: 2 * count }],
    ...{ acked, failed: [], executed: isSpout ? [] : inputs },
    timedOut: isSpout ? { trees: 0, followed: 0, holders: [] } : null,
    executeLatency: isSpout ? [] : histogram(sampled),
    ackLatency: histogram(sampled),
    queueLatency: isSpout ? [] : histogram(sampled),
    ...timesOf(firstTask, uptimeMs),
    queue: { tuples: firstTask % 97, tuplesMax: 1024, bytes: null },
  };
}

function timesOf(task: number, uptimeMs: number) {
  const busy = task % heldBackEvery === 1 ? 0.97 : 0.1 + (task % heldBackEvery) / 20;
  const backpressured = task % heldBackEvery === 0 ? 0.6 : 0;
  return {
    busyMs: Math.min(1 - backpressured, busy) * uptimeMs,
    backpressuredMs: backpressured * uptimeMs,
  };
}

function histogram(sampled: number): LatencyHistogram {
  return latenciesNs.flatMap((latencyNs, index) => {
    const count = Math.floor(sampled / 2 ** Math.abs(index - 5));
    return count === 0 ? [] : [latencyBucketOf(latencyNs), count];
  });
}
