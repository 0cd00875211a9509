import type {
  ComponentId,
  ExecutorCounts,
  ExecutorDescription,
  TopologyDescription,
  TopologyService,
} from '../storm-api/index.ts';

/** Exact totals of one component since it was first placed. */
export interface ComponentTotals {
  readonly id: ComponentId;
  readonly kind: 'spout' | 'bolt' | 'state-spout';
  readonly executors: number;
  readonly emitted: number;
  readonly transferred: number;
  readonly executed: number;
  readonly acked: number;
  readonly failed: number;
  /** Of a spout: trees that took too long, and who had not acked those that were followed. */
  readonly timedOut: {
    readonly trees: number;
    readonly followed: number;
    readonly holders: Readonly<Record<string, number>>;
  } | null;
}

/** What the page shows; it makes rates from two answers. */
export function liveSummary(service: TopologyService, nowMs: number): object {
  const topologies = service.cluster().topologies;
  return {
    timeMs: nowMs,
    topologies: topologies.map(({ id }) => describeLive(service.describe(id))),
  };
}

function describeLive(topology: TopologyDescription): object {
  const { id, name, status, problem, uptimeSecs, tasks, executors } = topology;
  return {
    ...{ id, name, status, problem, uptimeSecs, tasks, executors },
    workers: topology.workerList.map(({ port, state, restarts, restartsAtMs, lastExit }) => ({
      ...{ port, state, restarts, restartsAtMs, lastExit },
    })),
    components: topology.topology.components.map((component) => totals(component, topology)),
    lastErrors: topology.errors.slice(0, 5).map(({ component, task, timeMs, message }) => ({
      ...{ component, task, timeMs, message: message.slice(0, 500) },
    })),
  };
}

function totals(
  { id, kind }: { readonly id: ComponentId; readonly kind: ComponentTotals['kind'] },
  topology: TopologyDescription,
): ComponentTotals {
  const executors = topology.executorList.filter((each) => each.component === id);
  return {
    id,
    kind,
    executors: executors.length,
    emitted: sum(executors, (counts) => ofUsers(counts.emitted)),
    transferred: sum(executors, (counts) => ofUsers(counts.transferred)),
    executed: sum(executors, (counts) => counts.executed.map((each) => each.count)),
    acked: sum(executors, (counts) => counts.acked.map((each) => each.count)),
    failed: sum(executors, (counts) => counts.failed.map((each) => each.count)),
    timedOut: timedOut(executors),
  };
}

/** Without Storm's own streams, as in Storm's pages. */
function ofUsers(counts: ExecutorCounts['emitted']): readonly number[] {
  return [...counts].flatMap(([stream, count]) => (stream.startsWith('__') ? [] : [count]));
}

function timedOut(executors: readonly ExecutorDescription[]): ComponentTotals['timedOut'] {
  const parts = executors.flatMap(({ counts }) => counts?.timedOut ?? []);
  if (parts.length === 0) return null;
  const holders: Record<string, number> = {};
  for (const part of parts) {
    for (const [id, tuples] of part.holders) holders[id] = (holders[id] ?? 0) + tuples;
  }
  return {
    trees: parts.reduce((total, { trees }) => total + trees, 0),
    followed: parts.reduce((total, { followed }) => total + followed, 0),
    holders,
  };
}

function sum(
  executors: readonly ExecutorDescription[],
  numbers: (counts: ExecutorCounts) => readonly number[],
): number {
  let total = 0;
  for (const { counts } of executors) {
    for (const each of counts === null ? [] : numbers(counts)) total += each;
  }
  return total;
}
