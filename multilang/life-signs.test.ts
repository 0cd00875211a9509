import { expect, it } from 'vitest';
import { LifeSigns } from './life-signs.ts';

/** Checks once a second from `from` to `to`, both in seconds. */
function check(signs: LifeSigns, from: number, to: number, owes = true) {
  const verdicts = [];
  for (let second = from; second <= to; second++) verdicts.push(signs.check(second * 1000, owes));
  return verdicts;
}

it('asks after a third of the time and gives up after all of it', () => {
  const verdicts = check(new LifeSigns(30_000, 0), 1, 31);
  expect(verdicts.indexOf('ask') + 1).toBe(11);
  expect(verdicts.indexOf('dead') + 1).toBe(31);
});

it('any sign begins the time anew', () => {
  const signs = new LifeSigns(30_000, 0);
  check(signs, 1, 25);
  signs.sign(25_000);
  expect(check(signs, 26, 55)).not.toContain('dead');
});

it('a child that owes nothing may be silent for ever', () => {
  const signs = new LifeSigns(30_000, 0);
  expect(new Set(check(signs, 1, 1000, false))).toEqual(new Set(['fine']));
  expect(check(signs, 1001, 1030)).not.toContain('dead');
});

it('the time in which we were busy is not held against the child', () => {
  const signs = new LifeSigns(30_000, 0);
  check(signs, 1, 5);
  expect(signs.check(600_000, true)).toBe('fine');
});
