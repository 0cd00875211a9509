import { expect, it } from 'vitest';
import { AskedAhead, hasStormLibrary } from './asked-ahead.ts';

it('a quick child that emits is asked ever more often ahead, up to a limit', () => {
  const ahead = new AskedAhead(true);
  const asked = Array.from({ length: 8 }, () => {
    ahead.onAnswer(0, 1);
    return ahead.questions;
  });
  expect(asked).toEqual([2, 4, 8, 16, 32, 64, 64, 64]);
});

it('no more is asked ahead than the child answers in ten milliseconds', () => {
  const ahead = new AskedAhead(true);
  for (let answers = 0; answers < 20; answers++) ahead.onAnswer(2, 1);
  expect(ahead.questions).toBe(4);
  ahead.onAnswer(500, 1);
  ahead.onAnswer(500, 1);
  expect(ahead.questions).toBe(1);
});

it('a child that has nothing to say is asked once', () => {
  const ahead = new AskedAhead(true);
  ahead.onAnswer(0, 1);
  ahead.onAnswer(0, 0);
  expect(ahead.questions).toBe(1);
});

it('nothing is asked ahead once it was forbidden', () => {
  const ahead = new AskedAhead(true);
  ahead.forbid();
  ahead.onAnswer(0, 1);
  expect([ahead.questions, ahead.isAllowed]).toEqual([1, false]);
});

it('a library that nobody knows is asked ahead only when it wants no task ids', () => {
  const ahead = new AskedAhead(false);
  ahead.onEmit(true);
  ahead.onAnswer(0, 1);
  expect(ahead.questions).toBe(1);
  ahead.onEmit(false);
  ahead.onAnswer(0, 1);
  expect(ahead.questions).toBe(2);
});

it('our own storm.py is known to keep what it does not wait for', () => {
  expect(hasStormLibrary('multilang/storm-py')).toBe(true);
  expect(hasStormLibrary('multilang')).toBe(false);
});
