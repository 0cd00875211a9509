import { expect, it } from 'vitest';
import { FunctionStatistics } from './function-statistics.ts';

it('counts how requests ended, by function', () => {
  const statistics = new FunctionStatistics();
  statistics.add('f', 'served', 1);
  statistics.add('f', 'served', 3);
  statistics.add('f', 'failed', 100);
  statistics.add('g', 'timedOut', 600_000);
  expect(statistics.of('f').counts).toEqual({ served: 2, failed: 1, timedOut: 0, cancelled: 0 });
  expect(statistics.of('g').counts).toEqual({ served: 0, failed: 0, timedOut: 1, cancelled: 0 });
  expect(statistics.of('g').latencyMs).toBeNull();
});

it('knows the latencies of results, and of nothing else', () => {
  const statistics = new FunctionStatistics();
  for (let each = 100; each >= 1; each--) statistics.add('f', 'served', each);
  statistics.add('f', 'failed', 5_000);
  expect(statistics.of('f').latencyMs).toEqual({
    results: 100,
    p50: 50,
    p95: 95,
    p99: 99,
    max: 100,
  });
});

it('lets the latest thousand results count', () => {
  const statistics = new FunctionStatistics();
  for (let i = 0; i < 10; i++) statistics.add('f', 'served', 9_999);
  for (let i = 0; i < 1_000; i++) statistics.add('f', 'served', 1);
  expect(statistics.of('f').latencyMs).toEqual({ results: 1_000, p50: 1, p95: 1, p99: 1, max: 1 });
});

it('forgets the functions that were asked for longest ago', () => {
  const statistics = new FunctionStatistics();
  for (let i = 0; i < 5_000; i++) {
    statistics.add('used', 'served', 1);
    statistics.add(`name ${i}`, 'failed', 1);
  }
  expect(statistics.names).toHaveLength(1_000);
  expect(statistics.of('used').counts.served).toBe(5_000);
});
