import { getHeapStatistics } from 'node:v8';
import { settings } from '../../storm-api/config/index.ts';
import type { ComponentConfig } from './component-config.ts';
import type { CycleLimits } from './cycle-budget.ts';
import type { Room } from './mailbox.ts';

/** A cycle is to fail with its own message, before the heap is full. */
const overflowPartOfHeap = 4;

/** What may wait for one task of a component. */
export function mailboxRoom(config: ComponentConfig): Room {
  const { mailboxTuples, mailboxBytes } = settings;
  return {
    tuples: config.number(mailboxTuples.key, mailboxTuples.fallback),
    bytes: config.number(mailboxBytes.key, mailboxBytes.fallback),
  };
}

/** What may wait inside the cycle that a component belongs to. */
export function cycleLimits(config: ComponentConfig): CycleLimits {
  const { overflowTuples, overflowBytesMax } = settings;
  const partOfHeap = Math.floor(getHeapStatistics().heap_size_limit / overflowPartOfHeap);
  const bytesMax = Math.min(overflowBytesMax.fallback, partOfHeap);
  return {
    entryTuples: config.number(overflowTuples.key, overflowTuples.fallback),
    bytesMax: config.number(overflowBytesMax.key, bytesMax),
  };
}
