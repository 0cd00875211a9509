/**
 * A root is a spout task and 64 bits, kept as two 32-bit integers: `high` has the incarnation of
 * the spout's worker, the bit of followed trees and 15 bits of the sequence, `low` the rest of it.
 * A high half of 0 is no root.
 */
export const followedBit = 0x8000;

const sequenceBits = 47;
const sequences = 2 ** sequenceBits;
const sequenceHighMask = 0x7fff;

/** One tree that a tuple belongs to, and the tuple's edge in it. */
export interface RootEdge {
  readonly task: number;
  readonly high: number;
  readonly low: number;
  edgeHigh: number;
  edgeLow: number;
}

/** From 1 to 2^47 - 1. */
export function sequenceOf(high: number, low: number): number {
  return (high & sequenceHighMask) * 0x1_0000_0000 + (low >>> 0);
}

export function incarnationOf(high: number): number {
  return high >>> 16;
}

export function isFollowed(high: number): boolean {
  return (high & followedBit) !== 0;
}

/** The high half of a root with this sequence. */
export function rootHigh(incarnation: number, sequence: number): number {
  return (incarnation << 16) | Math.floor(sequence / 0x1_0000_0000);
}

/** After the last number comes 1: no root is 0. */
export function nextSequence(sequence: number): number {
  return sequence === sequences - 1 ? 1 : sequence + 1;
}

/** Whether one sequence number was given later than the other, by the nearer way round. */
export function isLater(sequence: number, other: number): boolean {
  const distance = (sequence - other + sequences) % sequences;
  return distance > 0 && distance < sequences / 2;
}

/** Whether one incarnation of a worker came before the other, by the nearer way round. */
export function isOlderIncarnation(incarnation: number, other: number): boolean {
  return (incarnation - other) << 16 < 0;
}
