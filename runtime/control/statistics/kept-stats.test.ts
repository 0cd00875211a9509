import { expect, it } from 'vitest';
import type { ExecutorStats } from '../../wire/index.ts';
import { keptOf, overwrite } from './kept-stats.ts';
import { executed, nothing } from './statistics.fixture.ts';

const queue = { tuples: 3, tuplesMax: 1024, bytes: null };
const holders = [{ component: 'count', tuples: 2 }];
const reports: readonly ExecutorStats[] = [
  { ...executed(7), executeLatency: [5, 4, 9, 3], queue },
  { ...executed(9), executeLatency: [5, 5, 9, 3, 11, 1], queue: { ...queue, bytes: 10 } },
  {
    ...executed(9),
    executeLatency: [5, 5],
    queueLatency: [1, 1],
    emitted: [{ stream: 'other', count: 1 }],
  },
  { ...executed(10), executed: [], timedOut: { trees: 1, followed: 1, holders } },
  { ...executed(10), timedOut: { trees: 2, followed: 1, holders: [] }, queue, busyMs: 2.5 },
  { ...nothing, uptimeMs: 9 },
];

it('says what the newest report says, whatever the one before it was', () => {
  for (const first of reports) {
    for (const second of reports) {
      const kept = keptOf(first);
      overwrite(kept, second);
      expect(kept).toEqual(second);
    }
  }
});

it('shares nothing with reports, neither the first nor those that are written over it', () => {
  const before = structuredClone(reports);
  const kept = keptOf(reports[0] ?? nothing);
  for (const report of [...reports, ...reports]) overwrite(kept, report);
  for (const part of [kept.emitted, kept.executed]) for (const each of part) each.count = -1;
  kept.executeLatency.push(1, 1);
  expect(reports).toEqual(before);
});
