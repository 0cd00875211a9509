import { expect, it } from 'vitest';
import { SlotTable } from './slot-table.ts';

it('offers a topology what nobody holds and its own, in the order of the configuration', () => {
  const slots = new SlotTable([6702, 6700, 6701]);
  slots.hold('a', [6700]);
  slots.hold('b', [6702]);
  expect(slots.availableTo('a')).toEqual([6700, 6701]);
  expect(slots.availableTo('c')).toEqual([6701]);
  slots.hold('b', [6701]);
  expect(slots.availableTo('c')).toEqual([6702]);
  slots.release('a');
  expect(slots.availableTo('c')).toEqual([6702, 6700]);
  expect([slots.holdsAny('a'), slots.holdsAny('b')]).toEqual([false, true]);
});

it('counts only slots that there are: a restart may have taken some away', () => {
  const slots = new SlotTable([6700, 6701]);
  slots.hold('a', [6701, 6799]);
  expect([slots.used, slots.total]).toEqual([1, 2]);
});
