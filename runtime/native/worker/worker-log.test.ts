import { expect, it } from 'vitest';
import { stackOf } from './worker-log.ts';

it('tells an error with its causes, of a circle of them only some', () => {
  const error = new Error('outer', { cause: new Error('inner') });
  expect(stackOf(error)).toMatch(/^Error: outer/);
  expect(stackOf(error)).toContain('Caused by: Error: inner');
  const circle = new Error('circle');
  circle.cause = circle;
  expect(stackOf(circle)).toContain('Caused by: Error: circle');
});

it('tells of what cannot be made a text', () => {
  expect(stackOf(Object.create(null))).toBe('thrown: something that has no text');
  expect(stackOf(null)).toBe('thrown: null');
});
