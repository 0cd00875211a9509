import { expect, it } from 'vitest';
import { findLinked } from './topology-lookup.ts';

const found = (text: string, ...names: string[]) =>
  findLinked(text, (wanted) => names.find((each) => each === wanted));

it('a part of a path is the name as it is, else the one that has blanks where it has plus signs', () => {
  expect(found('my+topology', 'my topology', 'other')).toBe('my topology');
  expect(found('my+topology', 'my topology', 'my+topology')).toBe('my+topology');
  expect(found('my topology', 'my+topology')).toBe(undefined);
});
