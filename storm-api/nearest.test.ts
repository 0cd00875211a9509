import { expect, it } from 'vitest';
import { didYouMean, nearest } from './nearest.ts';

it('a mistyped word is taken for the nearest one, if any is near', () => {
  const names = ['list', 'kill', 'deactivate', 'activate'];
  expect(nearest('lisst', names)).toBe('list');
  expect(nearest('lits', names)).toBe('list');
  expect(nearest('deactivte', names)).toBe('deactivate');
  expect(nearest('xyz', names)).toBe(null);
  expect(nearest('kilt', [])).toBe(null);
});

it('a sentence ends with the guess, or as it was', () => {
  expect(didYouMean('kil', ['kill'])).toBe(': did you mean kill?');
  expect(didYouMean('zzz', ['kill'])).toBe('');
});
