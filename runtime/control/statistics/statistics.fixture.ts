import type { ExecutorStats } from '../../wire/index.ts';

/** What an executor of one task that did nothing would report. */
export const nothing: ExecutorStats = {
  ...{ component: 'count', firstTask: 1, lastTask: 1, uptimeMs: 1000 },
  ...{ emitted: [], transferred: [], acked: [], failed: [], executed: [], timedOut: null },
  ...{ executeLatency: [], ackLatency: [], queueLatency: [] },
  ...{ busyMs: 0, backpressuredMs: 0, queue: null },
};

/** The same after it executed so many tuples of 2 ms each, and emitted as many. */
export function executed(count: number, uptimeMs = 1000): ExecutorStats {
  const input = { source: 'words', stream: 'default', count, totalMs: 2 * count, sampled: count };
  return {
    ...nothing,
    uptimeMs,
    emitted: [{ stream: 'default', count }],
    transferred: [{ stream: 'default', count: 0 }],
    executed: [input],
  };
}
