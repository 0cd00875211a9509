import type { GraphEdge } from '../../live/messages.ts';

/**
 * Components in the order in which tuples reach them: where they come from, then what is one edge
 * away, and so on; among equals as they came. What no tuple reaches stands last.
 */
export function inFlowOrder<Component extends { readonly id: string }>(
  components: readonly Component[],
  edges: readonly Pick<GraphEdge, 'source' | 'target'>[],
): readonly Component[] {
  const targets = new Set(edges.map(({ target }) => target));
  const steps = new Map<string, number>();
  let reached = components.map(({ id }) => id).filter((id) => !targets.has(id));
  for (let step = 0; reached.length > 0; step++) {
    for (const id of reached) steps.set(id, step);
    const here = new Set(reached);
    const next = edges.filter(({ source, target }) => here.has(source) && !steps.has(target));
    reached = [...new Set(next.map(({ target }) => target))];
  }
  const stepOf = ({ id }: Component) => steps.get(id) ?? components.length;
  return [...components].sort((one, other) => stepOf(one) - stepOf(other));
}
