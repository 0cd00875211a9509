import { expect, it } from 'vitest';
import { ErrorBook } from './error-book.ts';

function report(message: string, timeMs: number, component = 'count') {
  return { component, task: null, port: 6700, timeMs, message };
}

it('errors that differ in numbers only are one, seen first and last', () => {
  const book = new ErrorBook('here');
  book.record(report('java.io.IOException: no order 17\n\tat A.b(A.java:1)', 1_000));
  book.record(report('java.lang.Error: other', 2_000));
  book.record(report('java.io.IOException: no order 18\n\tat A.b(A.java:1)', 3_000));
  book.record(report('java.io.IOException: no order 18', 4_000, 'words'));
  expect(book.groups).toMatchObject([
    { component: 'words', count: 1 },
    { component: 'count', count: 2, firstSeenMs: 1_000, lastSeenMs: 3_000, port: 6700 },
    { component: 'count', count: 1, message: 'java.lang.Error: other' },
  ]);
});

it('a flood of errors fills no memory: the oldest make room', () => {
  const book = new ErrorBook('here');
  for (let each = 0; each < 10_000; each++) {
    book.record(report(`Error ${'x'.repeat(each % 500)} ${'y'.repeat(10_000)}`, each));
  }
  expect(book.newestFirst).toHaveLength(100);
  expect(book.groups).toHaveLength(50);
  expect(book.groups[0]?.lastSeenMs).toBe(9_999);
  expect(book.newestFirst.every(({ message }) => message.length <= 8_192)).toBe(true);
});
