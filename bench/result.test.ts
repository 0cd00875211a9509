import { expect, it } from 'vitest';
import type { Outcome } from './outcome.ts';
import { lineOf, median } from './result.ts';

const outcome: Outcome = {
  name: 'first-tuple',
  unit: 'ms',
  better: 'less',
  peer: '0.10.2',
  ours: [3000, 2000, 90_000],
  theirs: [21_800, 20_000],
  config: {},
};

it('quotes medians, and a ratio above 1 when ours costs less', () => {
  expect(lineOf(outcome)).toBe('first-tuple ours=3000 peer=0.10.2 theirs=20900 ratio=6.97');
});

it('quotes a ratio above 1 too when ours does more', () => {
  const rate: Outcome = { ...outcome, name: 'sol', peer: '2.8.3', better: 'more' };
  expect(lineOf(rate)).toBe('sol ours=3000 peer=2.8.3 theirs=20900 ratio=0.144');
});

it('takes the middle of an odd number of samples and the mean of the two middle ones else', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 9, 2])).toBe(3);
  expect(() => median([])).toThrow('no samples');
});
