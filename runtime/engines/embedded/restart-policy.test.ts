import { expect, it } from 'vitest';
import { RestartPolicy } from './restart-policy.ts';

it('restarts at once, then after 1 s doubling to 30 s', () => {
  const policy = new RestartPolicy();
  const delays = Array.from({ length: 8 }, () => policy.delayMsAfter(0));
  expect(delays).toEqual([0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});

it('forgets earlier endings after a minute of health', () => {
  const policy = new RestartPolicy();
  for (let n = 0; n < 5; n++) policy.delayMsAfter(0);
  expect(policy.delayMsAfter(59_999)).toBe(16_000);
  expect(policy.delayMsAfter(60_000)).toBe(0);
  expect(policy.delayMsAfter(0)).toBe(1_000);
});
