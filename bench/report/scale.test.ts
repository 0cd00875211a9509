import { expect, it } from 'vitest';
import { linearScale, logScale, shortNumber } from './scale.ts';

it('begins a linear scale at zero and ends it on a round value beyond the largest', () => {
  const scale = linearScale(2.95e6, 100, 700);
  expect(scale.at(0)).toBe(100);
  expect(scale.ticks).toEqual([0, 1e6, 2e6, 3e6]);
  expect(scale.at(3e6)).toBe(700);
});

it('puts whole powers of ten around the values of a logarithmic scale', () => {
  const scale = logScale([0.04, 30], 0, 400);
  expect(scale.ticks).toEqual([0.01, 0.1, 1, 10, 100]);
  expect(scale.at(1)).toBe(200);
});

it('shortens numbers to three digits', () => {
  expect([2_951_234, 285_400, 9876, 0.0312].map(shortNumber)).toEqual([
    '2.95 M',
    '285 k',
    '9880',
    '0.0312',
  ]);
});
