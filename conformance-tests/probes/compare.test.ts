import { expect, it } from 'vitest';
import { compareNotes } from './compare.ts';
import type { Difference } from './differences.ts';

const golden = ['ack\tone', 'ack\ttwo', 'ack\ttwo'];

it('sees a missing line, a strange one, and one that came too seldom', () => {
  expect(compareNotes(golden, ['ack\tthree', 'ack\ttwo'], []).unexpected).toEqual([
    '-ack\tone',
    '-ack\ttwo',
    '+ack\tthree',
  ]);
});

it('expects the other text of a known difference, and nothing else in its place', () => {
  const known = [difference({ rewrite: [[/^ack\tone$/, 'fail\tone']] })];
  expect(compareNotes(golden, ['fail\tone', 'ack\ttwo', 'ack\ttwo'], known).unexpected).toEqual([]);
  expect(compareNotes(golden, golden, known).unexpected).toEqual(['-fail\tone', '+ack\tone']);
});

it('passes over what is ignored on both sides', () => {
  const known = [difference({ ignore: [/^ack/] })];
  expect(compareNotes(golden, ['ack\tthree'], known)).toEqual({ unexpected: [], idle: [] });
});

it('names a known difference that touches nothing', () => {
  const known = [difference({ ignore: [/^nothing/] })];
  expect(compareNotes(golden, golden, known).idle).toEqual(known);
});

function difference(rules: Partial<Difference>): Difference {
  return { probe: 'any', generations: ['0.9'], reason: 'for the test', ...rules };
}
