import { expect, it } from 'vitest';
import { inHashMapOrder } from './hash-map-order.ts';

// Printed by Java 17 for maps that were built the way Storm 0.9.7 builds them.
it.each([
  ['one', ['a'], ['a']],
  ['two', ['j51', 'k924'], ['k924', 'j51']],
  ['three', ['s305', 't347', 'y105'], ['s305', 'y105', 't347']],
  [
    'six, of which two have the same hash',
    ['AaAa', 'BBBB', 'a', 'constructor', 'count', 'split-sentence'],
    ['split-sentence', 'a', 'constructor', 'count', 'AaAa', 'BBBB'],
  ],
  [
    'six with shared buckets',
    ['a289', 'a565', 's170', 's452', 'u245', 'y652'],
    ['s170', 's452', 'u245', 'y652', 'a289', 'a565'],
  ],
  [
    'nine',
    ['b891', 'c811', 'd400', 'j51', 'k924', 'o4', 'x279', 'x492', 'x73'],
    ['k924', 'x492', 'b891', 'o4', 'x73', 'j51', 'c811', 'x279', 'd400'],
  ],
  [
    'thirteen, more than the first table holds',
    [
      'd275',
      'd692',
      'e544',
      'f919',
      'l164',
      'l921',
      'm177',
      'n264',
      'o12',
      'q929',
      'w287',
      'w637',
      'y291',
    ],
    [
      'd275',
      'd692',
      'y291',
      'w287',
      'n264',
      'o12',
      'l164',
      'f919',
      'w637',
      'm177',
      'q929',
      'l921',
      'e544',
    ],
  ],
])('%s names iterate as in Java', (_, names, order) => {
  expect(inHashMapOrder(names)).toEqual(order);
});

it('an empty map has no order', () => {
  expect(inHashMapOrder([])).toEqual([]);
});
