import { expect, it } from 'vitest';
import { Double, Int, Opaque } from '../../../storm-api/values/index.ts';
import { plainValue } from './plain-value.ts';

it('shows numbers of Java as numbers and opaque values by their class', () => {
  const opaque = new Opaque('acme.Order', 1, new Uint8Array(3));
  expect(plainValue([new Double(1), new Double(Number.NaN), { n: new Int(2) }, opaque])).toEqual([
    1,
    'NaN',
    { n: 2 },
    '[acme.Order]',
  ]);
});
