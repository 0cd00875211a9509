import { beforeEach, expect, it } from 'vitest';
import { ErrorBook } from './error-book.ts';

function report(message: string, timeMs: number, component = 'count') {
  return { component, task: null, port: 6700, timeMs, message };
}

let book: ErrorBook;

beforeEach(() => {
  book = ErrorBook.empty('here');
});

it('errors that differ in numbers only are one, seen first and last', () => {
  book.record(report('java.io.IOException: no order 17\n\tat A.b(A.java:1)', 1_000));
  book.record(report('java.lang.Error: other', 2_000));
  book.record(report('java.io.IOException: no order 18\n\tat A.b(A.java:1)', 3_000));
  book.record(report('java.io.IOException: no order 18', 4_000, 'words'));
  expect(book.groups).toMatchObject([
    { component: 'words', count: 1 },
    { component: 'count', count: 2, firstSeenMs: 1_000, lastSeenMs: 3_000, port: 6700 },
    { component: 'count', count: 1, message: 'java.lang.Error: other' },
  ]);
  expect(book.newestFirst.map(({ timeMs }) => timeMs)).toEqual([4_000, 3_000, 2_000, 1_000]);
});

it("a flood of one component's errors pushes out its own, and those of the others stay", () => {
  book.record(report('only once', 1, 'quiet'));
  for (let each = 0; each < 10_000; each++) {
    book.record(report(`Error ${'x'.repeat(each % 500)} ${'y'.repeat(10_000)}`, 2 + each));
  }
  expect(book.newestFirst).toHaveLength(11);
  expect(book.newestFirst.at(-1)).toMatchObject({ component: 'quiet', message: 'only once' });
  expect(book.groups).toHaveLength(11);
  expect(book.groups[0]?.lastSeenMs).toBe(10_001);
  expect(book.newestFirst.every(({ message }) => message.length <= 8_192)).toBe(true);
});

it('many components with many errors fill no memory, and each keeps its newest', () => {
  for (let each = 0; each < 3_000; each++) {
    book.record(report(`Error ${'x'.repeat(each)}`, each, `bolt-${each % 40}`));
  }
  book.record(report('late', 3_000, 'late'));
  expect(book.newestFirst).toHaveLength(100);
  expect(book.groups).toHaveLength(50);
  const newest = Array.from({ length: 40 }, (_, each) => 2_999 - each);
  expect(book.newestFirst.slice(0, 41).map(({ timeMs }) => timeMs)).toEqual([3_000, ...newest]);
  expect(new Set(book.groups.map(({ component }) => component)).size).toBe(41);
});

it('is the same after a restart of the control plane, and goes on from there', () => {
  book.record(report('no order 17', 1_000));
  book.record(report('broken', 2_000, 'words'));
  const text = book.takeChanges() ?? '';
  expect(book.takeChanges()).toBe(null);
  const read = ErrorBook.parse(text, 'there');
  expect([read.newestFirst, read.groups]).toEqual([book.newestFirst, book.groups]);
  expect(read.takeChanges()).toBe(null);
  read.record(report('no order 18', 3_000));
  expect(read.groups[0]).toMatchObject({ count: 2, firstSeenMs: 1_000, host: 'there' });
});

it.each(['', '{"errors":[', '[]', '{"errors":[{}],"groups":[]}', '{"errors":[],"groups":[1]}'])(
  'does not take %j for a book',
  (text) => {
    expect(() => ErrorBook.parse(text, 'here')).toThrow();
  },
);
