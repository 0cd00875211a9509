import {
  type ComponentId,
  type ComponentStatistics,
  type ExecutorStatistics,
  type InputCount,
  InvalidTopologyError,
  type StatisticsWindow,
  type StreamId,
  statisticsWindows,
  totalsOf,
  type WindowCounts,
  type WorkerProfiler,
} from '../../storm-api/index.ts';
import { inputStreams, outputStreams } from '../stream-counts.ts';
import { findLinked } from '../topology-lookup.ts';
import { prettyUptime } from '../uptime.ts';
import { componentErrors } from './errors-of.ts';
import {
  debuggingKeys,
  dumpsLink,
  eventLogLink,
  executorName,
  floatText,
  isSystem,
  later,
  urlEncoded,
  windowHint,
  workerLogLink,
} from './format.ts';
import type { Page } from './page.ts';
import { componentResources } from './resources.ts';

/** Storm's answer about one component. @throws InvalidTopologyError when there is none of that id */
export function componentPage(page: Page, linkedId: string, profiler: WorkerProfiler): object {
  const { topology, statistics, window, dialect } = page;
  const { components } = topology.systemTopology;
  const spec = findLinked(linkedId, (wanted) => components.find((each) => each.id === wanted));
  const component = statistics.components.find((each) => each.id === spec?.id);
  if (spec === undefined || component === undefined) {
    throw new InvalidTopologyError(`${topology.name} has no component "${linkedId}"`);
  }
  const { id } = spec;
  const { subprocessRestarts } = component;
  const executors = statistics.executorList.filter((each) => each.component === id);
  const place = { dialect, topologyId: topology.id, nowMs: statistics.timeMs };
  return {
    id,
    encodedId: urlEncoded(id),
    name: topology.name,
    executors: executors.length,
    tasks: component.tasks,
    topologyId: topology.id,
    encodedTopologyId: urlEncoded(topology.id),
    window,
    componentType: spec.kind === 'spout' ? 'spout' : 'bolt',
    windowHint: windowHint(window),
    ...(spec.kind === 'spout'
      ? ofSpout(page, component, executors)
      : ofBolt(page, component, executors)),
    ...(subprocessRestarts.length === 0 ? {} : { subprocessRestarts }),
    componentErrors: componentErrors(topology.errors, id, place),
    ...later(dialect, {
      ...{ user: null, topologyStatus: topology.status, schedulerDisplayResource: false },
      ...componentResources(topology, id),
      ...debuggingKeys(topology.debugging, id),
      eventLogLink: eventLogLink(dialect, topology, id),
      ...{ profilingAndDebuggingCapable: true, profileActionEnabled: true },
      profilerActive: activeProfiles(page, id, profiler),
    }),
  };
}

/** Storm says in milliseconds, as text, how long each goes on. */
function activeProfiles(
  { topology, dialect }: Page,
  id: ComponentId,
  profiler: WorkerProfiler,
): readonly object[] {
  return profiler.recordings(topology.id, id).map(({ host, port, untilMs }) => ({
    ...{ host, port: String(port), dumplink: dumpsLink(dialect, topology.id, `${host}:${port}`) },
    timestamp: String(untilMs - Date.now()),
  }));
}

function ofSpout(
  page: Page,
  component: ComponentStatistics,
  executors: readonly ExecutorStatistics[],
): object {
  const { withSystem, window } = page;
  return {
    spoutSummary: windowsOf(component).map((each) => {
      const totals = totalsOf(component.windows, each, withSystem);
      const { emitted, transferred, acked, failed } = totals;
      const named = { windowPretty: windowHint(each), window: each };
      return {
        ...named,
        emitted,
        transferred,
        completeLatency: floatText(totals.ackMs),
        acked,
        failed,
      };
    }),
    outputStats: spoutOutputs(countsIn(component, window), withSystem),
    executorStats: executors.map((each) => {
      const totals = totalsOf(each.windows, window, withSystem);
      return {
        ...placeOf(page, each),
        emitted: totals.emitted ?? 0,
        transferred: totals.transferred ?? 0,
        completeLatency: floatText(totals.ackMs),
        acked: totals.acked ?? 0,
        failed: totals.failed ?? 0,
      };
    }),
  };
}

function ofBolt(
  page: Page,
  component: ComponentStatistics,
  executors: readonly ExecutorStatistics[],
): object {
  const { withSystem, window } = page;
  const counts = countsIn(component, window);
  return {
    boltStats: windowsOf(component).map((each) => {
      const totals = totalsOf(component.windows, each, withSystem);
      const { emitted, transferred, executed, acked, failed } = totals;
      return {
        ...{ window: each, windowPretty: windowHint(each), emitted, transferred },
        ...{ executeLatency: floatText(totals.executeMs), executed },
        ...{ processLatency: floatText(totals.ackMs), acked, failed },
      };
    }),
    inputStats: counts === null ? [] : inputStats(counts, page.dialect.isFirst),
    outputStats: boltOutputs(counts, withSystem),
    executorStats: executors.map((each) => {
      const totals = totalsOf(each.windows, window, withSystem);
      return {
        ...placeOf(page, each),
        emitted: totals.emitted ?? 0,
        transferred: totals.transferred ?? 0,
        capacity: floatText(each.capacity ?? 0),
        executeLatency: floatText(totals.executeMs),
        executed: totals.executed ?? 0,
        processLatency: floatText(totals.ackMs),
        acked: totals.acked ?? 0,
        failed: totals.failed ?? 0,
      };
    }),
  };
}

function windowsOf({ windows }: ComponentStatistics): readonly StatisticsWindow[] {
  return windows.size === 0 ? [':all-time'] : statisticsWindows;
}

function countsIn({ windows }: ComponentStatistics, window: string): WindowCounts | null {
  return windows.get(window as StatisticsWindow) ?? null;
}

function placeOf({ topology, dialect }: Page, executor: ExecutorStatistics): object {
  const { firstTask, lastTask, host, port, uptimeSecs } = executor;
  const id = executorName(firstTask, lastTask);
  return {
    id,
    encodedId: urlEncoded(id),
    uptime: prettyUptime(uptimeSecs),
    ...later(dialect, { uptimeSeconds: uptimeSecs }),
    host,
    port,
    workerLogLink: workerLogLink(dialect, topology.id, { host, port }),
  };
}

function spoutOutputs(counts: WindowCounts | null, withSystem: boolean): readonly object[] {
  if (counts === null) return [];
  return outputStreams(counts, 'spout', visible(withSystem)).map(({ acked, failed, ...sent }) => ({
    ...sent,
    completeLatency: latencyOf(acked),
    acked: acked?.count ?? 0,
    failed: failed?.count ?? 0,
  }));
}

function boltOutputs(counts: WindowCounts | null, withSystem: boolean): readonly object[] {
  if (counts === null) return [];
  return outputStreams(counts, 'bolt', visible(withSystem)).map(
    ({ stream, emitted, transferred }) => ({ stream, emitted, transferred }),
  );
}

function visible(withSystem: boolean): (stream: StreamId) => boolean {
  return (stream) => withSystem || !isSystem(stream);
}

/** @param isFirst Storm 0.9 tells the execute latency where it says processLatency */
function inputStats(counts: WindowCounts, isFirst: boolean): readonly object[] {
  return inputStreams(counts).map(({ source, stream, executed, acked, failed }) => ({
    component: source,
    encodedComponent: urlEncoded(source),
    stream,
    executeLatency: latencyOf(executed),
    processLatency: latencyOf(isFirst ? executed : acked),
    executed: executed?.count ?? 0,
    acked: acked?.count ?? 0,
    failed: failed?.count ?? 0,
  }));
}

function latencyOf(input: InputCount | null): string {
  return floatText(input === null ? null : (input.meanMs ?? 0));
}
