import { expect, it } from 'vitest';
import { taskId } from '../../../storm-api/index.ts';
import { LagBook } from './lag-book.ts';

const [first, second] = [taskId(1), taskId(2)];
const at = (topic: string, partition: number, lag: number) => ({
  ...{ topic, partition, lag, endOffset: 100, doneOffset: 100 - lag },
});
const report = (task: typeof first, timeMs: number, ...partitions: ReturnType<typeof at>[]) => ({
  ...{ component: 'in', task, timeMs, partitions },
});

it('knows of each task what it told last, in the order of topics and partitions', () => {
  const book = new LagBook();
  book.record(report(second, 1, at('b', 1, 5), at('a', 10, 6)));
  book.record(report(first, 2, at('b', 0, 7), at('a', 2, 1)));
  book.record(report(first, 3, at('b', 0, 8), at('a', 2, 2)));
  const told = book.read([first, second]).map(({ topic, partition, lag, task }) => {
    return [topic, partition, lag, task];
  });
  expect(told).toEqual([
    ['a', 2, 2, first],
    ['a', 10, 6, second],
    ['b', 0, 8, first],
    ['b', 1, 5, second],
  ]);
  expect(book.read([taskId(9)])).toEqual([]);
});

it('counts a partition once that has moved from task to task', () => {
  const book = new LagBook();
  book.record(report(second, 20, at('a', 0, 3)));
  book.record(report(first, 10, at('a', 0, 50)));
  expect(book.read([first, second]).map(({ lag }) => lag)).toEqual([3]);
});
