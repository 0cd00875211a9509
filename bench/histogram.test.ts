import { expect, it } from 'vitest';
import { countedBetween, quantileMs } from './histogram.ts';

const row = (value: string) => ({ timeMs: 0, value });

it('counts what came between two looks, of all workers', () => {
  const before = new Map([['a', row('3:1,40:5')]]);
  const after = new Map([
    ['a', row('3:1,40:8')],
    ['b', row('40:1,50:2')],
  ]);
  expect(countedBetween(before, after)).toEqual(
    new Map([
      [40, 4],
      [50, 2],
    ]),
  );
});

it('reads a quantile from the upper edge of its bucket', () => {
  // 31 ns; 32 to 33 ns; 64 to 66 ns; 2 to the 20th, a doubling further on for 32 buckets more
  expect(quantileMs(new Map([[31, 1]]), 1)).toBe(31e-6);
  expect(quantileMs(new Map([[32, 1]]), 1)).toBe(33e-6);
  expect(quantileMs(new Map([[64, 1]]), 1)).toBe(66e-6);
  expect(quantileMs(new Map([[16 * 32, 1]]), 1)).toBeCloseTo((2 ** 20 * 33) / 32 / 1e6, 9);
});

it('finds the share of all times, and the longest', () => {
  const histogram = new Map([
    [20, 98],
    [10, 1],
    [30, 1],
  ]);
  expect(quantileMs(histogram, 0.5)).toBe(20e-6);
  expect(quantileMs(histogram, 0.99)).toBe(20e-6);
  expect(quantileMs(histogram, 1)).toBe(30e-6);
  expect(() => quantileMs(new Map(), 0.5)).toThrow('no tuple was acked');
});
