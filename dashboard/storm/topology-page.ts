import { redact } from '../../storm-api/config/index.ts';
import {
  type ComponentId,
  type ComponentStatistics,
  statisticsWindows,
  sumOfTotals,
  type TopologyDescription,
  totalsOf,
} from '../../storm-api/index.ts';
import { prettyUptime } from '../uptime.ts';
import { lastErrorOf } from './errors-of.ts';
import { type Dialect, debuggingKeys, floatText, later, urlEncoded, windowHint } from './format.ts';
import { componentsOf, type Page } from './page.ts';
import { componentResources, topologyResources } from './resources.ts';
import { streamBoxes } from './visualization.ts';
import { workerRows } from './worker-rows.ts';

/** Storm's answer about one topology. */
export function topologyPage(page: Page): object {
  const { topology, dialect, window } = page;
  const { config } = topology;
  return {
    ...summaryOf(topology, dialect),
    window,
    windowHint: windowHint(window),
    msgTimeout: config.get('topology.message.timeout.secs') ?? null,
    topologyStats: topologyStats(page),
    spouts: componentsOf(page, 'spout').map((each) => spoutRow(page, each)),
    bolts: componentsOf(page, 'bolt').map((each) => boltRow(page, each)),
    configuration: JSON.parse(redact(config).toJson()),
    visualizationTable: streamBoxes(page),
    ...later(dialect, {
      user: null,
      ...debuggingKeys(topology.debugging, null),
      workers: workerRows(topology, page),
    }),
  };
}

function summaryOf(topology: TopologyDescription, dialect: Dialect): object {
  const executors = topology.executorList;
  return {
    id: topology.id,
    encodedId: urlEncoded(topology.id),
    name: topology.name,
    status: topology.status,
    uptime: prettyUptime(topology.uptimeSecs),
    tasksTotal: executors.reduce(
      (sum, { firstTask, lastTask }) => sum + lastTask - firstTask + 1,
      0,
    ),
    workersTotal: new Set(executors.map(({ host, port }) => `${host}:${port}`)).size,
    executorsTotal: executors.length,
    ...later(dialect, {
      owner: topology.owner,
      uptimeSeconds: topology.uptimeSecs,
      replicationCount: 1,
      schedulerInfo: topology.problem,
      schedulerDisplayResource: false,
      ...topologyResources(topology),
    }),
  };
}

/** Acked and failed are those of tuple trees: of spouts. */
function topologyStats(page: Page): readonly object[] {
  const { withSystem } = page;
  const spouts = componentsOf({ ...page, withSystem: true }, 'spout');
  const bolts = componentsOf(page, 'bolt');
  const reported = [...spouts, ...bolts].some(({ windows }) => windows.size > 0);
  return (reported ? statisticsWindows : [':all-time']).map((window) => {
    const ofSpouts = sumOfTotals(spouts.map((each) => totalsOf(each.windows, window, withSystem)));
    const ofBolts = sumOfTotals(bolts.map((each) => totalsOf(each.windows, window, withSystem)));
    const sent = sumOfTotals([ofSpouts, ofBolts]);
    return {
      windowPretty: windowHint(window),
      window,
      emitted: sent.emitted,
      transferred: sent.transferred,
      completeLatency: floatText(ofSpouts.ackMs),
      acked: ofSpouts.acked,
      failed: ofSpouts.failed,
    };
  });
}

function spoutRow(page: Page, component: ComponentStatistics): object {
  const { id, windows, executors } = component;
  const totals = totalsOf(windows, page.window, page.withSystem);
  return {
    spoutId: id,
    encodedSpoutId: urlEncoded(id),
    executors,
    tasks: component.tasks,
    emitted: totals.emitted,
    transferred: totals.transferred,
    completeLatency: floatText(totals.ackMs),
    acked: totals.acked,
    failed: totals.failed,
    ...requestedBy(page, id),
    ...errorOf(page, id),
  };
}

function boltRow(page: Page, component: ComponentStatistics): object {
  const { id, windows, executors, capacity } = component;
  const totals = totalsOf(windows, page.window, page.withSystem);
  return {
    boltId: id,
    encodedBoltId: urlEncoded(id),
    executors,
    tasks: component.tasks,
    emitted: totals.emitted,
    transferred: totals.transferred,
    capacity: floatText(capacity ?? 0),
    executeLatency: floatText(totals.executeMs),
    executed: totals.executed,
    processLatency: floatText(totals.ackMs),
    acked: totals.acked,
    failed: totals.failed,
    ...requestedBy(page, id),
    ...errorOf(page, id),
  };
}

function requestedBy({ topology, dialect }: Page, id: ComponentId): object {
  return later(dialect, componentResources(topology, id));
}

function errorOf({ topology, statistics, dialect }: Page, id: ComponentId): object {
  const place = { dialect, topologyId: topology.id, nowMs: statistics.timeMs };
  return lastErrorOf(topology.errors, id, place);
}
