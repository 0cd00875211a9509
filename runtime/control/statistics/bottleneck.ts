import type { ComponentId, TimeShares } from '../../../storm-api/index.ts';
import type { Route } from '../../../translator/index.ts';

/** Less of this is how any pipeline breathes. */
const heldBackShare = 0.1;
const busyShare = 0.5;

interface ComponentTimes {
  readonly id: ComponentId;
  /** Of each executor. */
  readonly times: readonly TimeShares[];
}

/**
 * The component with the busiest thread among all that a backpressured one sends to, near or far:
 * a spout that waits for acks is held back by the slowest of its tuples' ways. null when nothing is
 * held back, or nothing behind it is busy.
 */
export function bottleneckOf(
  components: readonly ComponentTimes[],
  routes: readonly Pick<Route, 'source' | 'target'>[],
): ComponentId | null {
  const heldBack = components.filter(({ times }) =>
    times.some(({ backpressured }) => backpressured >= heldBackShare),
  );
  const behind = reachedFrom(new Set(heldBack.map(({ id }) => id)), routes);
  let busiest: ComponentId | null = null;
  let most = busyShare;
  for (const { id, times } of components) {
    if (!behind.has(id)) continue;
    for (const { busy } of times) {
      if (busy <= most) continue;
      most = busy;
      busiest = id;
    }
  }
  return busiest;
}

/** Without the sources, unless they can be reached themselves. */
function reachedFrom(
  sources: ReadonlySet<ComponentId>,
  routes: readonly Pick<Route, 'source' | 'target'>[],
): ReadonlySet<ComponentId> {
  const reached = new Set<ComponentId>();
  let frontier: readonly ComponentId[] = [...sources];
  while (frontier.length > 0) {
    const next = routes.filter(
      ({ source, target }) => frontier.includes(source) && !reached.has(target),
    );
    frontier = [...new Set(next.map(({ target }) => target))];
    for (const target of frontier) reached.add(target);
  }
  return reached;
}
