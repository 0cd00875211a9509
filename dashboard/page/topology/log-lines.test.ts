import { expect, it } from 'vitest';
import { componentOf, LineComponents } from './log-lines.ts';

it.each([
  ['2026-11-22T10:00:00.123+0000 STDIO Thread-7-count-executor[3 4] [INFO] hello', 'count'],
  ['2026-11-22 10:00:00.123 b.s.d.task Thread-7-count-executor[3 3] [INFO] hello', 'count'],
  ['2026-11-22 10:00:00.123 split split-executor[5 5] [ERROR] [4711] hello', 'split'],
  ['2026-11-22 10:00:00.123 a.B Thread-7-two words-executor[3 3] [INFO] hello', 'two words'],
  ['2026-11-22 10:00:00.123 gearstorm.worker main [INFO] hello', null],
  ['Thread-7-count-executor[3 3] [INFO] is printed', null],
  ['', null],
])('%s: %s', (line, component) => {
  expect(componentOf(line)).toBe(component);
});

it('a stack belongs to the message above it in the same log', () => {
  const components = new LineComponents();
  const of = (port: number, line: string) => components.of({ port, line });
  expect(of(6700, '    at nothing before it')).toBeNull();
  expect(of(6700, '2026-11-22 10:00:00.1 a.B Thread-7-count-executor[3 3] [ERROR] x')).toBe(
    'count',
  );
  expect(of(6701, '2026-11-22 10:00:00.1 a.B main [INFO] x')).toBeNull();
  expect(of(6700, '    at acme.Count.execute')).toBe('count');
  expect(of(6700, '2026-11-22 10:00:00.2 a.B main [INFO] x')).toBeNull();
  expect(of(6700, '    at acme.Main')).toBeNull();
});
