import type {
  ComponentId,
  ComponentStatistics,
  TimedOutCounts,
  TopologyDescription,
  TopologyService,
  TopologyStatistics,
  WindowCounts,
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
    topologies: topologies.map(({ id }) =>
      describeLive(service.describe(id), service.statistics(id)),
    ),
  };
}

function describeLive(
  topology: TopologyDescription,
  { components }: Pick<TopologyStatistics, 'components'>,
): object {
  const { id, name, status, problem, uptimeSecs, tasks, executors } = topology;
  const statistics = new Map(components.map((each) => [each.id, each]));
  return {
    ...{ id, name, status, problem, uptimeSecs, tasks, executors },
    workers: topology.workerList.map(({ port, state, restarts, restartsAtMs, lastExit }) => ({
      ...{ port, state, restarts, restartsAtMs, lastExit },
    })),
    components: topology.topology.components.map((component) =>
      totals(component, statistics.get(component.id)),
    ),
    lastErrors: topology.errors.slice(0, 5).map(({ component, task, timeMs, message }) => ({
      ...{ component, task, timeMs, message: message.slice(0, 500) },
    })),
  };
}

/** @param statistics undefined: it does not run yet */
function totals(
  { id, kind }: Pick<ComponentTotals, 'id' | 'kind'>,
  statistics: ComponentStatistics | undefined,
): ComponentTotals {
  const counts = statistics?.windows.get(':all-time');
  return {
    ...{ id, kind },
    executors: statistics?.executors ?? 0,
    emitted: ofUsers(counts?.emitted),
    transferred: ofUsers(counts?.transferred),
    executed: ofInputs(counts?.executed),
    acked: ofInputs(counts?.acked),
    failed: ofInputs(counts?.failed),
    timedOut: timedOut(statistics?.timedOut ?? null),
  };
}

/** Without Storm's own streams, as in Storm's pages. */
function ofUsers(counts: WindowCounts['emitted'] = new Map()): number {
  let sum = 0;
  for (const [stream, count] of counts) if (!stream.startsWith('__')) sum += count;
  return sum;
}

function ofInputs(inputs: WindowCounts['executed'] = []): number {
  return inputs.reduce((sum, { count }) => sum + count, 0);
}

function timedOut(counts: TimedOutCounts | null): ComponentTotals['timedOut'] {
  if (counts === null) return null;
  const { trees, followed, holders } = counts;
  return { trees, followed, holders: Object.fromEntries(holders) };
}
