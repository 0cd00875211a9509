import { beforeEach, expect, it } from 'vitest';
import type { Clock } from '../../clock.ts';
import { WorkerWatch } from './worker-watch.ts';

/** Holds one timer, as a watch does, and lets it run when told. */
class OneTimer implements Clock {
  #action: () => void = () => {};
  delayMs: number | null = null;

  now(): number {
    throw new Error('a watch compares no times');
  }

  after(delayMs: number, action: () => void): () => void {
    this.delayMs = delayMs;
    this.#action = action;
    return () => {
      if (this.#action === action) this.delayMs = null;
    };
  }

  elapse(): void {
    if (this.delayMs === null) throw new Error('nothing is waited for');
    this.delayMs = null;
    this.#action();
  }
}

let clock: OneTimer;
let told: string[];
let watch: WorkerWatch;

beforeEach(() => {
  clock = new OneTimer();
  told = [];
  watch = new WorkerWatch({
    limits: { startMs: 120_000, silenceMs: 30_000 },
    clock,
    ask: () => told.push('ask'),
    giveUp: (what, secs) => told.push(`${what} ${secs}`),
  });
});

it('gives up a worker that speaks but never runs', () => {
  watch.begin();
  expect(clock.delayMs).toBe(120_000);
  watch.heard();
  clock.elapse();
  expect(told).toEqual(['start 120']);
});

it('asks a silent worker three times before it gives it up', () => {
  watch.begin();
  watch.running();
  expect(clock.delayMs).toBe(10_000);
  for (let i = 0; i < 4; i++) clock.elapse();
  expect(told).toEqual(['ask', 'ask', 'ask', 'silence 30']);
  expect(clock.delayMs).toBeNull();
});

it('begins to count anew with every sign of life', () => {
  watch.running();
  for (let i = 0; i < 10; i++) {
    for (let j = 0; j < 3; j++) clock.elapse();
    if (i % 2 === 0) watch.heard();
    else watch.running();
  }
  expect(told).not.toContain('silence 30');
});

it('waits for nothing once it is ended, and watches the next process from its start', () => {
  watch.running();
  watch.end();
  expect(clock.delayMs).toBeNull();
  watch.begin();
  expect(clock.delayMs).toBe(120_000);
});
