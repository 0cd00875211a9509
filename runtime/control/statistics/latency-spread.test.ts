import { expect, it } from 'vitest';
import { latencyBuckets, latencyOfBucketMs } from '../../wire/index.ts';
import { LatencySum } from './latency-spread.ts';

const sum = new LatencySum();

it('tells where half, and all but a few, of the latencies are', () => {
  sum.add([20, 90, 30, 8], 1);
  sum.add([10, 1, 40, 1], 1);
  expect(sum.take()).toEqual({
    timed: 100,
    p50Ms: latencyOfBucketMs(20),
    p95Ms: latencyOfBucketMs(30),
    p99Ms: latencyOfBucketMs(30),
    maxMs: latencyOfBucketMs(40),
  });
});

it('keeps nothing of what it told', () => {
  sum.add([0, 5, latencyBuckets - 1, 5], 1);
  expect(sum.take()?.timed).toBe(10);
  expect(sum.take()).toBeNull();
});

it('what is taken out again does not count', () => {
  sum.add([3, 7, 50, 2], 1);
  sum.add([3, 7], -1);
  expect(sum.take()).toMatchObject({ timed: 2, p50Ms: latencyOfBucketMs(50) });
});

it('a bucket that there is not is left out', () => {
  sum.add([-1, 5, latencyBuckets, 5, Number.MAX_SAFE_INTEGER, 5, 7, 1], 1);
  expect(sum.take()?.timed).toBe(1);
});
