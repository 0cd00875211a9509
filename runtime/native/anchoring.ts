import type { EdgeSource } from './edges.ts';
import type { NativeTuple } from './native-tuple.ts';
import type { RootEdge } from './root.ts';

/**
 * Puts a new tuple into the trees of its anchors: one new edge per anchor, in every tree of the
 * anchor. The anchor keeps it to retire it with its own ack.
 */
export function anchor(
  tuple: NativeTuple,
  anchors: readonly NativeTuple[],
  edges: EdgeSource,
): void {
  const [only] = anchors;
  if (anchors.length === 1 && only !== undefined && only.roots === null) {
    if (only.rootHigh !== 0) anchorToOne(tuple, only, edges);
    return;
  }
  const roots: RootEdge[] = [];
  for (const each of anchors) {
    edges.draw();
    if (!each.isTracked) continue;
    each.childrenHigh ^= edges.high;
    each.childrenLow ^= edges.low;
    for (const root of each.allRoots()) join(roots, root, edges);
  }
  tuple.setRoots(roots);
}

/** The usual case, without any list. */
function anchorToOne(tuple: NativeTuple, only: NativeTuple, edges: EdgeSource): void {
  edges.draw();
  only.childrenHigh ^= edges.high;
  only.childrenLow ^= edges.low;
  tuple.setRoot(only);
  tuple.edgeHigh = edges.high;
  tuple.edgeLow = edges.low;
}

/** In a tree that it gets from several anchors a tuple has the XOR of the edges. */
function join(roots: RootEdge[], { task, high, low }: RootEdge, edges: EdgeSource): void {
  const same = roots.find((root) => root.task === task && root.high === high && root.low === low);
  if (same === undefined) {
    roots.push({ task, high, low, edgeHigh: edges.high, edgeLow: edges.low });
    return;
  }
  same.edgeHigh ^= edges.high;
  same.edgeLow ^= edges.low;
}
