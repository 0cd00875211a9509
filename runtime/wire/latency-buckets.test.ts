import { expect, it } from 'vitest';
import { latencyBucketOf, latencyBuckets, latencyOfBucketMs } from './latency-buckets.ts';

it('a bucket stands for every latency in it to within a sixteenth', () => {
  for (let ns = 128; ns < 2 ** 43; ns = Math.ceil(ns * 1.013)) {
    const read = latencyOfBucketMs(latencyBucketOf(ns)) * 1e6;
    expect(Math.abs(read - ns) / ns).toBeLessThanOrEqual(1 / 16);
  }
});

it('buckets grow with the latency and end at both sides', () => {
  expect([0, 1, 127, 128].map(latencyBucketOf)).toEqual([0, 0, 0, 0]);
  expect(latencyBucketOf(144)).toBe(1);
  expect(latencyBucketOf(2 ** 31 - 1)).toBe(latencyBucketOf(2 ** 31) - 1);
  expect([1e6, 2 ** 31].map(latencyBucketOf)).toEqual([103, 192]);
  expect(latencyBucketOf(2 ** 60)).toBe(latencyBuckets - 1);
});
