import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inHashMapOrder } from './hash-map-order.ts';

/** What real Storm does: conformance-tests/golden/README.md. */
interface Subscribers {
  readonly kind: 'subscribers';
  readonly generation: '0.9' | '0.10';
  /** Sorted. */
  readonly names: readonly string[];
  readonly order: readonly string[];
}

const vectors = readFileSync(
  join(import.meta.dirname, '../conformance-tests/golden/groupings.ndjson'),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Subscribers | { readonly kind: 'fields' | 'source' })
  .filter((vector) => vector.kind === 'subscribers');

const cases = vectors.map((each) => [each.generation, each.names.length, each] as const);

it.each(cases)('storm-%s asks %i subscribers in the order of its maps', (generation, _, vector) => {
  const { names, order } = vector;
  expect(inHashMapOrder(names, `storm-${generation}`)).toEqual(order);
});

it('an empty map has no order', () => {
  expect(inHashMapOrder([], 'storm-0.9')).toEqual([]);
});
