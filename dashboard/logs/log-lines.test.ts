import { expect, it } from 'vitest';
import { factsOf, LineFacts } from './log-lines.ts';

it.each([
  [
    '2026-11-22T10:00:00.123+0000 STDIO Thread-7-count-executor[3 4] [INFO] hello',
    ['2026-11-22T10:00:00.123+0000', 'INFO', 'STDIO', 'count', null],
  ],
  [
    '2026-11-22 10:00:00.123 b.s.d.task Thread-7-count-executor[3 3] [WARN] hello',
    ['2026-11-22 10:00:00.123', 'WARN', 'b.s.d.task', 'count', 3],
  ],
  [
    '2026-11-22 10:00:00.123 split split-executor[5 5] [ERROR] [4711] hello',
    ['2026-11-22 10:00:00.123', 'ERROR', 'split', 'split', 5],
  ],
  [
    '2026-11-22 10:00:00.123 a.B Thread-7-two words-executor[3 3] [INFO] hello [ERROR] no',
    ['2026-11-22 10:00:00.123', 'INFO', 'a.B', 'two words', 3],
  ],
  [
    '2026-11-22 10:00:00.123 gearstorm.worker main [INFO] hello',
    ['2026-11-22 10:00:00.123', 'INFO', 'gearstorm.worker', null, null],
  ],
  [
    '2014-02-11T10:00:00.123+0000 b.s.d.worker [INFO] of Storm 0.9',
    ['2014-02-11T10:00:00.123+0000', 'INFO', 'b.s.d.worker', null, null],
  ],
  ['Thread-7-count-executor[3 3] [INFO] is printed', [null, null, null, null, null]],
  ['2026-11-22 is a day [INFO] or not', [null, null, null, null, null]],
  ['', [null, null, null, null, null]],
])('%s', (line, facts) => {
  const { time, level, logger, component, task } = factsOf(line);
  expect([time, level, logger, component, task]).toEqual(facts);
});

it('a stack belongs to the component of the message above it', () => {
  const lines = new LineFacts();
  const of = (line: string) => {
    const { level, component, task } = lines.of(line);
    return [level, component, task];
  };
  expect(of('    at nothing before it')).toEqual([null, null, null]);
  const thread = 'Thread-7-count-executor[3 3]';
  expect(of(`2026-11-22 10:00:00.1 a.B ${thread} [ERROR] x`)).toEqual(['ERROR', 'count', 3]);
  expect(of('    at acme.Count.execute')).toEqual([null, 'count', 3]);
  expect(of('2026-11-22 10:00:00.2 a.B main [INFO] x')).toEqual(['INFO', null, null]);
  expect(of('    at acme.Main')).toEqual([null, null, null]);
});
