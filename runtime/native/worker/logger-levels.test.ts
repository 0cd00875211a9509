import { expect, it } from 'vitest';
import { LoggerLevels } from './logger-levels.ts';

let nowMs = 0;
const clock = { now: () => nowMs };

it('tells what a logger usually tells while nobody asks for anything else', () => {
  const levels = new LoggerLevels(clock);
  expect(levels.admits('count', 'DEBUG', 'INFO')).toBe(false);
  expect(levels.admits('count', 'INFO', 'INFO')).toBe(true);
});

it('takes the level of the nearest name above, and that of ROOT where there is none', () => {
  const levels = new LoggerLevels(clock);
  levels.set([
    { logger: 'ROOT', level: 'ERROR', untilMs: null },
    { logger: 'shop', level: 'TRACE', untilMs: null },
    { logger: 'shop.orders', level: 'OFF', untilMs: null },
  ]);
  expect(levels.admits('shop', 'DEBUG', 'INFO')).toBe(true);
  expect(levels.admits('shop.stock', 'DEBUG', 'INFO')).toBe(true);
  expect(levels.admits('shop.orders.new', 'FATAL', 'INFO')).toBe(false);
  expect(levels.admits('shopping', 'WARN', 'INFO')).toBe(false);
});

it('goes back by itself when the time is over, and at once when it is not named any more', () => {
  const levels = new LoggerLevels(clock);
  levels.set([{ logger: 'count', level: 'DEBUG', untilMs: 1000 }]);
  expect(levels.admits('count', 'DEBUG', 'INFO')).toBe(true);
  nowMs = 1000;
  expect(levels.admits('count', 'DEBUG', 'INFO')).toBe(false);
  levels.set([{ logger: 'count', level: 'DEBUG', untilMs: 2000 }]);
  expect(levels.admits('count', 'DEBUG', 'INFO')).toBe(true);
  levels.set([]);
  expect(levels.admits('count', 'DEBUG', 'INFO')).toBe(false);
});
