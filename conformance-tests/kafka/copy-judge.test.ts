import { expect, it } from 'vitest';
import { judgeCopy } from './copy-judge.ts';

const produced = ['a', 'b', 'c'];

it('has nothing to say of a copy that is whole', () => {
  expect(judgeCopy(produced, ['c', 'a', 'b'], 0)).toMatchObject({ duplicates: 0, problems: [] });
});

it('names what is missing and what nobody produced', () => {
  expect(judgeCopy(produced, ['a', 'x', 'c'], 0).problems).toEqual([
    'b was produced and never delivered',
    'x was delivered and never produced',
  ]);
});

it('counts repetitions, and complains of too many', () => {
  const verdict = judgeCopy(produced, ['a', 'b', 'b', 'c', 'c', 'c'], 2);
  expect(verdict.duplicates).toBe(3);
  expect(verdict.problems).toEqual(['3 deliveries were repetitions; at most 2 may be']);
});
