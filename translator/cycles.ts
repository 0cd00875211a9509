import type { ComponentId, Topology } from '../storm-api/index.ts';

/**
 * Numbers the cycles of the user's graph from 0 (its strongly connected components that have an
 * edge inside, by Tarjan's algorithm); components outside any cycle are absent. Iterative: a chain
 * of thousands of components must not exhaust the stack.
 */
export function findCycles(topology: Topology): ReadonlyMap<ComponentId, number> {
  const successors = collectSuccessors(topology);
  const cycles = new Map<ComponentId, number>();
  let ordinal = 0;
  for (const group of stronglyConnected(successors)) {
    const [first] = group;
    const loops = first !== undefined && (successors.get(first)?.has(first) ?? false);
    if (group.length === 1 && !loops) continue;
    for (const id of group) cycles.set(id, ordinal);
    ordinal += 1;
  }
  return cycles;
}

type Graph = ReadonlyMap<ComponentId, ReadonlySet<ComponentId>>;

function collectSuccessors(topology: Topology): Graph {
  const successors = new Map(topology.components.map(({ id }) => [id, new Set<ComponentId>()]));
  for (const { id, inputs } of topology.components) {
    for (const { source } of inputs) successors.get(source)?.add(id);
  }
  return successors;
}

interface Visit {
  readonly id: ComponentId;
  readonly index: number;
  /** Smallest index of an open group that is reachable from here. */
  low: number;
  open: boolean;
  readonly rest: Iterator<ComponentId>;
}

function stronglyConnected(graph: Graph): readonly (readonly ComponentId[])[] {
  const search = new Search(graph);
  for (const id of graph.keys()) search.from(id);
  return search.groups;
}

/** One depth-first search; `path` is the way to the current component, `open` Tarjan's stack. */
class Search {
  readonly groups: (readonly ComponentId[])[] = [];
  readonly #graph: Graph;
  readonly #visits = new Map<ComponentId, Visit>();
  readonly #path: Visit[] = [];
  readonly #open: Visit[] = [];

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  from(root: ComponentId): void {
    this.#follow(root);
    for (let top = this.#path.at(-1); top !== undefined; top = this.#path.at(-1)) {
      const next = top.rest.next();
      if (next.done === true) this.#leave(top);
      else this.#follow(next.value, top);
    }
  }

  #follow(id: ComponentId, from?: Visit): void {
    const seen = this.#visits.get(id);
    if (seen === undefined) this.#enter(id);
    else if (seen.open && from !== undefined) from.low = Math.min(from.low, seen.index);
  }

  #enter(id: ComponentId): void {
    const index = this.#visits.size;
    const rest = (this.#graph.get(id) ?? new Set<ComponentId>()).values();
    const visit = { id, index, low: index, open: true, rest };
    this.#visits.set(id, visit);
    this.#path.push(visit);
    this.#open.push(visit);
  }

  #leave(visit: Visit): void {
    this.#path.pop();
    const parent = this.#path.at(-1);
    if (parent !== undefined) parent.low = Math.min(parent.low, visit.low);
    if (visit.low !== visit.index) return;
    const group = this.#open.splice(this.#open.lastIndexOf(visit));
    for (const member of group) member.open = false;
    this.groups.push(group.map(({ id }) => id));
  }
}
