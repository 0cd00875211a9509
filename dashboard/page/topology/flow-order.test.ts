import { expect, it } from 'vitest';
import { inFlowOrder } from './flow-order.ts';

function orderOf(ids: readonly string[], ...pairs: readonly string[]): readonly string[] {
  const edges = pairs.map((pair) => {
    const [source = '', target = ''] = pair.split('>');
    return { source, target };
  });
  return inFlowOrder(
    ids.map((id) => ({ id })),
    edges,
  ).map(({ id }) => id);
}

it('puts components after those that they hear of first', () => {
  const ids = ['alarm', 'count', 'lines', 'split', 'words'];
  expect(orderOf(ids, 'words>count', 'lines>split', 'split>count', 'count>alarm')).toEqual([
    ...['lines', 'words', 'count', 'split', 'alarm'],
  ]);
});

it('ends in cycles, and puts last what no source reaches', () => {
  const ids = ['a', 'b', 'loop', 'spout'];
  expect(orderOf(ids, 'a>b', 'b>a', 'loop>loop', 'spout>loop')).toEqual([
    'spout',
    'loop',
    'a',
    'b',
  ]);
});
