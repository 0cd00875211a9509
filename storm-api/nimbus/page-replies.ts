import { redact } from '../config/redact.ts';
import { debuggingOf, optionsFor } from '../debugging.ts';
import { NotAliveError } from '../errors.ts';
import { type ComponentId, systemPrefix } from '../model/ids.ts';
import { resourcesByName, resourcesOf } from '../resources.ts';
import {
  type ComponentStatistics,
  type ExecutorStatistics,
  statisticsWindows,
  type TopologyStatistics,
} from '../statistics/statistics.ts';
import { sumOfTotals, type Totals, totalsOf } from '../statistics/window-totals.ts';
import type {
  ComponentAggregateStats,
  ComponentPageInfo,
  TopologyPageInfo,
  TopologyStats,
} from '../thrift/page-structs.ts';
import type { TopologyDescription } from '../topology-service.ts';
import { toErrorInfo, toExecutorSummary, toResourceFields } from './replies.ts';
import { inputStats, outputStats, whole } from './stream-stats.ts';
import { toWorkerSummaries } from './worker-summaries.ts';

/** What a page of Storm 1.x or 2.x asks about one topology. */
export interface PageQuestion {
  readonly topology: TopologyDescription;
  readonly statistics: TopologyStatistics;
  /** Seconds as text, or `:all-time`. */
  readonly window: string;
  /** Whether Storm's own components and streams count too. */
  readonly withSystem: boolean;
  readonly supervisorId: string;
  readonly stormVersion: string;
}

export function toTopologyPageInfo(page: PageQuestion): TopologyPageInfo {
  const { topology } = page;
  return {
    id: topology.id,
    name: topology.name,
    uptime_secs: topology.uptimeSecs,
    status: topology.status,
    num_tasks: topology.tasks,
    num_workers: topology.workers,
    num_executors: topology.executors,
    topology_conf: redact(topology.config).toJson(),
    id_to_spout_agg_stats: statsById(page, 'spout'),
    id_to_bolt_agg_stats: statsById(page, 'bolt'),
    ...(topology.problem === null ? {} : { sched_status: topology.problem }),
    topology_stats: topologyStats(page),
    owner: topology.owner,
    ...debugging(topology, null),
    replication_count: 1,
    workers: toWorkerSummaries(topology, page.supervisorId),
    storm_version: page.stormVersion,
    ...toResourceFields(topology.resources),
  };
}

/** @throws NotAliveError when there is no such component, as Storm's pages expect. */
export function toComponentPageInfo(page: PageQuestion, id: string): ComponentPageInfo {
  const { topology, statistics, window, withSystem } = page;
  const component = statistics.components.find((each) => each.id === id);
  if (component === undefined) throw new NotAliveError(`${topology.name} has no component "${id}"`);
  const kind = kindOf(page, component.id);
  const counts = Array.from(component.windows).find(([each]) => each === window)?.[1] ?? null;
  const executors = statistics.executorList.filter((each) => each.component === id);
  const resources = resourcesMap(topology, component.id);
  return {
    component_id: component.id,
    component_type: kind === 'spout' ? 'SPOUT' : 'BOLT',
    topology_id: topology.id,
    topology_name: topology.name,
    num_executors: component.executors,
    num_tasks: component.tasks,
    window_to_stats: new Map(
      statisticsWindows.map((each) => [each, componentStats({ ...page, window: each }, component)]),
    ),
    gsid_to_input_stats: counts === null || kind === 'spout' ? new Map() : inputStats(counts),
    sid_to_output_stats: counts === null ? new Map() : outputStats(counts, kind, withSystem),
    exec_stats: executors.map((each) => ({
      exec_summary: toExecutorSummary(each, kind),
      stats: executorStats(page, each, { kind, resources }),
    })),
    errors: topology.errors.filter((each) => each.component === id).map(toErrorInfo),
    ...debugging(topology, component.id),
    ...eventLog(topology, component.id),
    topology_status: topology.status,
    resources_map: resources,
  };
}

/** As in Storm of these very options, not of those that a component is under. */
function debugging({ debugging: all }: TopologyDescription, component: ComponentId | null) {
  const options = optionsFor(all, component);
  if (options === null) return {};
  return { debug_options: { enable: options.enabled, samplingpct: options.samplingPercent } };
}

/** Where the first executor's events are written, while any are. */
function eventLog({ debugging: all, executorList }: TopologyDescription, component: ComponentId) {
  const first = executorList.find((each) => each.component === component);
  const isOn = debuggingOf(all, component)?.enabled === true;
  return first === undefined || !isOn
    ? {}
    : { eventlog_host: first.host, eventlog_port: first.port };
}

/** What each executor asks for. */
function resourcesMap(topology: TopologyDescription, component: ComponentId) {
  return resourcesByName(resourcesOf([{ component }], topology));
}

type Kind = 'spout' | 'bolt';

function kindOf({ topology }: PageQuestion, id: ComponentId): Kind {
  const spec = topology.systemTopology.components.find((each) => each.id === id);
  return spec?.kind === 'spout' ? 'spout' : 'bolt';
}

/** Those that have executors. */
function componentsOf(page: PageQuestion, kind: Kind): readonly ComponentStatistics[] {
  const isVisible = (id: ComponentId) => page.withSystem || !id.startsWith(systemPrefix);
  return page.statistics.components.filter(
    ({ id, executors }) => executors > 0 && kindOf(page, id) === kind && isVisible(id),
  );
}

function statsById(page: PageQuestion, kind: Kind): ReadonlyMap<string, ComponentAggregateStats> {
  return new Map(componentsOf(page, kind).map((each) => [each.id, componentStats(page, each)]));
}

/** Acked and failed are those of tuple trees: of spouts. */
function topologyStats(page: PageQuestion): TopologyStats {
  const spouts = componentsOf(page, 'spout');
  const bolts = componentsOf(page, 'bolt');
  const totalsIn = (components: readonly ComponentStatistics[], window: string) =>
    sumOfTotals(components.map(({ windows }) => totalsOf(windows, window, page.withSystem)));
  const eachOf = <Value>(of: (trees: Totals, all: Totals) => Value) =>
    new Map(
      statisticsWindows.map((window) => {
        const trees = totalsIn(spouts, window);
        return [window, of(trees, sumOfTotals([trees, totalsIn(bolts, window)]))];
      }),
    );
  return {
    window_to_emitted: eachOf((_, all) => whole(all.emitted)),
    window_to_transferred: eachOf((_, all) => whole(all.transferred)),
    window_to_complete_latencies_ms: eachOf((trees) => trees.ackMs ?? 0),
    window_to_acked: eachOf((trees) => whole(trees.acked)),
    window_to_failed: eachOf((trees) => whole(trees.failed)),
  };
}

function componentStats(
  page: PageQuestion,
  component: ComponentStatistics,
): ComponentAggregateStats {
  const { executors, tasks, id, capacity } = component;
  const newest = page.topology.errors.find((each) => each.component === id);
  const size = { num_executors: executors, num_tasks: tasks };
  const resources = resourcesMap(page.topology, id);
  const totals = totalsOf(component.windows, page.window, page.withSystem);
  return {
    ...aggregate(totals, { kind: kindOf(page, id), size, capacity, resources }),
    ...(newest === undefined ? {} : { last_error: toErrorInfo(newest) }),
  };
}

function executorStats(
  { window, withSystem }: PageQuestion,
  executor: ExecutorStatistics,
  common: Pick<Aggregated, 'kind' | 'resources'>,
): ComponentAggregateStats {
  const { windows, capacity, firstTask, lastTask } = executor;
  const size = { num_executors: 1, num_tasks: lastTask - firstTask + 1 };
  return aggregate(totalsOf(windows, window, withSystem), { ...common, size, capacity });
}

interface Aggregated {
  readonly kind: Kind;
  readonly size: { readonly num_executors: number; readonly num_tasks: number };
  readonly capacity: number | null;
  readonly resources: ReadonlyMap<string, number>;
}

function aggregate(
  totals: Totals,
  { kind, size, capacity, resources }: Aggregated,
): ComponentAggregateStats {
  return {
    type: kind === 'spout' ? 'SPOUT' : 'BOLT',
    common_stats: {
      ...size,
      emitted: whole(totals.emitted),
      transferred: whole(totals.transferred),
      acked: whole(totals.acked),
      failed: whole(totals.failed),
      resources_map: resources,
    },
    specific_stats:
      kind === 'spout'
        ? { kind, value: { complete_latency_ms: totals.ackMs ?? 0 } }
        : {
            kind,
            value: {
              execute_latency_ms: totals.executeMs ?? 0,
              process_latency_ms: totals.ackMs ?? 0,
              executed: whole(totals.executed),
              capacity: capacity ?? 0,
            },
          },
  };
}
