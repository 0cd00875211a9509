import { expect, it } from 'vitest';
import { describeEnd } from './ending.ts';

it('does not blame control for a number that user code may have chosen', () => {
  expect(describeEnd({ code: 3, signal: null }, null)).toContain('or user code called System.exit');
});

it('trusts the meaning of a number that the host announced', () => {
  expect(describeEnd({ code: 1, signal: null }, 'boom in words')).toBe(
    'exit code 1 (user code failed): boom in words',
  );
});
