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

function executor(component: string, busy: number, backpressured: number) {
  const time: TimeShares = { busy, backpressured, idle: 1 - busy - backpressured };
  return { component: componentId(component), time };
}

it('names the busiest component behind one that is held back, near or far', () => {
  const executors = [
    executor('words', 0.1, 0.9),
    executor('split', 0.2, 0),
    executor('count', 0.6, 0),
    executor('count', 0.99, 0),
    executor('store', 0.7, 0),
    executor('far', 1, 0),
  ];
  expect(bottleneckOf(executors, routes)).toBe('count');
});

it('names nobody while nothing is held back, or while nobody behind it is busy', () => {
  expect(bottleneckOf([executor('words', 1, 0), executor('split', 1, 0)], routes)).toBeNull();
  expect(bottleneckOf([executor('words', 0, 1), executor('split', 0.3, 0)], routes)).toBeNull();
});

it('does not take the component that is held back for its own bottleneck', () => {
  expect(bottleneckOf([executor('words', 0.6, 0.4), executor('split', 0.1, 0)], routes)).toBeNull();
});
