import type { NativeTuple, RootEdge } from './native-tuple.ts';
import type { SeededRandom } from './seeded-random.ts';

/**
 * The trees of a tuple with such anchors: one new edge per anchor, in every tree of the anchor. The
 * anchor keeps it to retire it with its own ack.
 */
export function childRoots(
  anchors: readonly NativeTuple[],
  random: SeededRandom,
): readonly RootEdge[] {
  const roots: RootEdge[] = [];
  for (const anchor of anchors) {
    if (anchor.roots.length === 0) continue;
    const high = random.int();
    const low = random.int() | 1;
    anchor.childrenHigh ^= high;
    anchor.childrenLow ^= low;
    for (const root of anchor.roots) join(roots, { ...root, high, low });
  }
  return roots;
}

function join(roots: RootEdge[], edge: RootEdge): void {
  const same = roots.find(
    ({ spoutTask, incarnation, sequence }) =>
      spoutTask === edge.spoutTask &&
      incarnation === edge.incarnation &&
      sequence === edge.sequence,
  );
  if (same === undefined) {
    roots.push(edge);
    return;
  }
  same.high ^= edge.high;
  same.low ^= edge.low;
}
