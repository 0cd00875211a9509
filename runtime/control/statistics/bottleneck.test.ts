import { expect, it } from 'vitest';
import { componentId, type TimeShares } from '../../../storm-api/index.ts';
import { bottleneckOf } from './bottleneck.ts';

const routes = [
  ['words', 'split'],
  ['split', 'count'],
  ['count', 'store'],
  ['other', 'far'],
].map(([source = '', target = '']) => ({
  source: componentId(source),
  target: componentId(target),
}));

/** @param shares busy and backpressured, of each executor */
function component(id: string, ...shares: readonly (readonly [number, number])[]) {
  const times = shares.map(
    ([busy, backpressured]): TimeShares => ({
      busy,
      backpressured,
      idle: 1 - busy - backpressured,
    }),
  );
  return { id: componentId(id), times };
}

it('names the busiest component behind one that is held back, near or far', () => {
  const components = [
    component('words', [0.1, 0.9]),
    component('split', [0.2, 0]),
    component('count', [0.6, 0], [0.99, 0]),
    component('store', [0.7, 0]),
    component('far', [1, 0]),
  ];
  expect(bottleneckOf(components, routes)).toBe('count');
});

it('names nobody while nothing is held back, or while nobody behind it is busy', () => {
  expect(bottleneckOf([component('words', [1, 0]), component('split', [1, 0])], routes)).toBeNull();
  expect(
    bottleneckOf([component('words', [0, 1]), component('split', [0.3, 0])], routes),
  ).toBeNull();
});

it('does not take the component that is held back for its own bottleneck', () => {
  expect(
    bottleneckOf([component('words', [0.6, 0.4]), component('split', [0.1, 0])], routes),
  ).toBeNull();
});
