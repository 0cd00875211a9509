import { expect, it } from 'vitest';
import { PeerLife } from './peer-life.ts';

const graceMs = 1_000;

it('holds tuples back for a grace, and drops them after it until the peer is back', () => {
  const life = new PeerLife(0, graceMs);
  expect([life.drops(999), life.drops(1_000)]).toEqual([false, true]);
  life.connected(1_500, 1);
  expect(life.drops(5_000)).toBe(false);
});

it('starts a new grace only for a peer that stayed for as long as one', () => {
  const life = new PeerLife(0, graceMs);
  life.connected(5_000, 1);
  life.ended(5_500, false);
  expect(life.drops(5_501)).toBe(true);
  life.connected(6_000, 2);
  life.ended(7_000, false);
  expect([life.drops(7_999), life.drops(8_000)]).toEqual([false, true]);
});

it('tries ever more slowly, soon again after a connection, and slowly when it was refused', () => {
  const life = new PeerLife(0, graceMs);
  const waits = Array.from({ length: 8 }, () => life.ended(0, false));
  expect(waits).toEqual([10, 20, 40, 80, 160, 320, 500, 500]);
  expect(life.ended(0, true)).toBe(2_000);
  life.connected(0, 1);
  expect(life.ended(1, false)).toBe(10);
});

it('drops deltas of lives that are over, and never those of a life it has not met', () => {
  const life = new PeerLife(0, graceMs);
  expect(life.dropsDelta(1, 9_000)).toBe(false);
  life.connected(9_000, 7);
  life.ended(9_001, false);
  expect(life.dropsDelta(7, 9_002)).toBe(true);
  expect(life.dropsDelta(6, 9_002)).toBe(true);
  expect(life.dropsDelta(8, 9_002)).toBe(false);
});
