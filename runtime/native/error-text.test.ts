import { expect, it } from 'vitest';
import { sentenceOf, stackOf } from './error-text.ts';

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

it('tells in one sentence what was thrown, whatever it is', () => {
  expect(sentenceOf(new RangeError('too far'))).toBe('RangeError: too far');
  expect(sentenceOf('words')).toBe('words');
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const odd = [
    Object.create(null),
    proxy,
    {
      toString: () => {
        throw new Error('no');
      },
    },
    new Proxy(new Error('x'), {
      get: () => {
        throw new Error('no');
      },
    }),
  ];
  for (const each of odd) expect(sentenceOf(each)).toBe('something that has no text');
});
