import type { NativeTuple } from './native-tuple.ts';
import { isFollowed } from './root.ts';

/** Where what becomes of the trees of one spout task goes: its executor, or the way there. */
export interface RootOwner {
  /** @param failed the tree fails, whatever the XOR */
  onDelta(
    task: number,
    high: number,
    low: number,
    xorHigh: number,
    xorLow: number,
    failed: boolean,
  ): void;
  /** Of a followed tree: tuples created for a component (by its place in the plan), less those acked. */
  onTree(task: number, high: number, low: number, component: number, tuples: number): void;
}

export type RootOwners = readonly (RootOwner | undefined)[];

/**
 * Tells every tree of a tuple that it was acked or failed: one delta, which retires the tuple's edge
 * and counts its children at once.
 */
export function settle(tuple: NativeTuple, failed: boolean, owners: RootOwners): void {
  const { childrenHigh, childrenLow } = tuple;
  if (tuple.roots === null) {
    if (tuple.rootHigh === 0) return;
    const { rootTask, rootHigh, rootLow, edgeHigh, edgeLow } = tuple;
    owners[rootTask]?.onDelta(
      rootTask,
      rootHigh,
      rootLow,
      failed ? 0 : edgeHigh ^ childrenHigh,
      failed ? 0 : edgeLow ^ childrenLow,
      failed,
    );
    return;
  }
  for (const { task, high, low, edgeHigh, edgeLow } of tuple.roots) {
    const xorHigh = failed ? 0 : edgeHigh ^ childrenHigh;
    const xorLow = failed ? 0 : edgeLow ^ childrenLow;
    owners[task]?.onDelta(task, high, low, xorHigh, xorLow, failed);
  }
}

/** Counts a tuple in those of its trees that are followed. @param tuples 1 when created, -1 when acked */
export function follow(
  tuple: NativeTuple,
  component: number,
  tuples: number,
  owners: RootOwners,
): void {
  if (tuple.roots === null) {
    const { rootTask, rootHigh, rootLow } = tuple;
    if (isFollowed(rootHigh))
      owners[rootTask]?.onTree(rootTask, rootHigh, rootLow, component, tuples);
    return;
  }
  for (const { task, high, low } of tuple.roots) {
    if (isFollowed(high)) owners[task]?.onTree(task, high, low, component, tuples);
  }
}
