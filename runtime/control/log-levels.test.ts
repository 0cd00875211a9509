import { expect, it } from 'vitest';
import { loggerChange, NotAliveError } from '../../storm-api/index.ts';
import { changedLevels, inForce } from './log-levels.ts';
import { TestControl } from './topology-manager.fixture.ts';

const nowMs = 1_000_000;

it('keeps what is not named, and dates what has a timeout', () => {
  const first = changedLevels([], [loggerChange('root', 'warn', 0)], nowMs);
  const both = changedLevels(first, [loggerChange('com.shop', 'DEBUG', 30)], nowMs);
  expect(both).toEqual([
    { logger: 'ROOT', level: 'WARN', timeoutSecs: 0, untilMs: null },
    { logger: 'com.shop', level: 'DEBUG', timeoutSecs: 30, untilMs: nowMs + 30_000 },
  ]);
});

it('takes a level back by name, also one that nobody set', () => {
  const set = changedLevels([], [loggerChange('com.shop', 'DEBUG', 0)], nowMs);
  const back = [loggerChange('com.shop', null, 0), loggerChange('other', null, 0)];
  expect(changedLevels(set, back, nowMs)).toEqual([]);
});

it('forgets levels whose time is over', () => {
  const set = changedLevels([], [loggerChange('com.shop', 'DEBUG', 1)], nowMs);
  expect(inForce(set, nowMs + 999)).toHaveLength(1);
  expect(inForce(set, nowMs + 1000)).toEqual([]);
});

it('refuses more loggers than a frame to a worker holds', () => {
  const many = Array.from({ length: 1001 }, (_, index) => loggerChange(`a.b${index}`, 'INFO', 0));
  expect(() => changedLevels([], many, nowMs)).toThrow('at most 1000 loggers');
});

it.each([
  ['com.shop', 'LOUD', 0, '"LOUD" is no log level'],
  ['', 'INFO', 0, '"" is no name of a logger'],
  ['two words', 'INFO', 0, 'is no name of a logger'],
  ['com.shop', 'INFO', -1, 'the timeout -1 is no whole number'],
])('refuses %j=%s:%d with a sentence', (logger, level, timeoutSecs, sentence) => {
  expect(() => loggerChange(logger, level, timeoutSecs)).toThrow(sentence);
});

it('is told to the workers, and to those of a restarted control plane', async () => {
  const control = new TestControl();
  try {
    const manager = await control.open();
    const id = await manager.submit(control.request('word'));
    await manager.changeLogLevels('word', [loggerChange('ROOT', 'DEBUG', 0)]);
    const level = { logger: 'ROOT', level: 'DEBUG', timeoutSecs: 0, untilMs: null };
    expect(control.engine.logLevels.get(id)).toEqual([level]);
    expect(manager.logLevels(id)).toEqual([level]);
    manager.close('restart');
    control.engine.logLevels.clear();
    const next = await control.open();
    expect(control.engine.logLevels.get(id)).toEqual([level]);
    expect(next.logLevels('word')).toEqual([level]);
    await expect(next.changeLogLevels('nobody', [])).rejects.toThrow(NotAliveError);
  } finally {
    control.remove();
  }
});
