import { RequestError } from '../../storm-api/http/index.ts';
import type {
  ClusterDescription,
  StormId,
  TopologyDescription,
  TopologySummary,
} from '../../storm-api/index.ts';
import { prettyUptime } from '../uptime.ts';
import { type Dialect, daemonLogLink, later, urlEncoded } from './format.ts';
import {
  clusterResources,
  ownerResources,
  supervisorResources,
  topologyResources,
} from './resources.ts';
import { workerRows } from './worker-rows.ts';

export interface ClusterPage {
  readonly cluster: ClusterDescription;
  readonly stormVersion: string;
  readonly nimbusPort: number;
  readonly dialect: Dialect;
}

export function clusterSummary({ cluster, stormVersion, dialect }: ClusterPage): object {
  const { topologies, slotsTotal, slotsUsed } = cluster;
  return {
    stormVersion,
    nimbusUptime: prettyUptime(cluster.nimbusUptimeSecs),
    supervisors: 1,
    slotsTotal,
    slotsUsed,
    slotsFree: slotsTotal - slotsUsed,
    executorsTotal: sum(topologies, (each) => each.executors),
    tasksTotal: sum(topologies, (each) => each.tasks),
    ...later(dialect, {
      user: null,
      topologies: topologies.length,
      schedulerDisplayResource: false,
      ...clusterResources(cluster),
    }),
  };
}

/** All of this machine's slots are one supervisor. */
export function supervisorSummary({ cluster, stormVersion, dialect }: ClusterPage): object {
  const { slotsTotal, slotsUsed, nimbusUptimeSecs: uptimeSeconds, host } = cluster;
  const supervisor = {
    ...{ id: cluster.supervisorId, host, uptime: prettyUptime(uptimeSeconds) },
    ...{ slotsTotal, slotsUsed },
    ...later(dialect, {
      ...{ uptimeSeconds, slotsFree: slotsTotal - slotsUsed, version: stormVersion },
      logLink: daemonLogLink(dialect, host),
      ...supervisorResources(cluster),
    }),
  };
  const { logviewerPort } = dialect;
  return {
    supervisors: [supervisor],
    ...later(dialect, { schedulerDisplayResource: false, logviewerPort }),
  };
}

/** One supervisor with its workers, by its id or its host; known from Storm 1.0 on. */
export function supervisorPage(
  page: ClusterPage,
  { id, host }: { readonly id?: string; readonly host?: string },
  describe: (id: StormId) => TopologyDescription,
): object {
  const { cluster, dialect } = page;
  const isMeant = id === undefined ? host === cluster.host : id === cluster.supervisorId;
  if (!isMeant) return { ...supervisorSummary(page), supervisors: [], workers: [] };
  const place = { supervisorId: cluster.supervisorId, dialect };
  const workers = cluster.topologies.flatMap((each) => workerRows(describe(each.id), place));
  return { ...supervisorSummary(page), workers };
}

/** What each owner of a topology has; known from Storm 2.0 on. */
export function ownerRows({ topologies }: ClusterDescription): readonly object[] {
  return [...new Set(topologies.map(({ owner }) => owner))].map((owner) =>
    ownerRow(owner, topologies),
  );
}

/** One owner with the topologies. @throws RequestError when nobody of that name has any */
export function ownerPage({ cluster, dialect }: ClusterPage, owner: string): object {
  const own = cluster.topologies.filter((each) => each.owner === owner);
  if (own.length === 0) throw new RequestError(404, `no topology of "${owner}" is alive`);
  return {
    ...ownerRow(owner, own),
    schedulerDisplayResource: false,
    topologies: own.map((each) => topologyRow(each, dialect)),
  };
}

function ownerRow(owner: string, topologies: readonly TopologySummary[]): object {
  const own = topologies.filter((each) => each.owner === owner);
  return {
    owner,
    totalTopologies: own.length,
    totalTasks: sum(own, ({ tasks }) => tasks),
    totalExecutors: sum(own, ({ executors }) => executors),
    totalWorkers: sum(own, ({ workers }) => workers),
    ...ownerResources(own),
  };
}

export function topologySummary({ cluster, dialect }: ClusterPage): object {
  return {
    topologies: cluster.topologies.map((each) => topologyRow(each, dialect)),
    ...later(dialect, { schedulerDisplayResource: false }),
  };
}

/** Known from Storm 1.0 on. */
export function nimbusSummary({ cluster, stormVersion, nimbusPort, dialect }: ClusterPage): object {
  const { host, nimbusUptimeSecs } = cluster;
  return {
    nimbuses: [
      {
        ...{ host, port: nimbusPort, status: 'Leader', version: stormVersion },
        nimbusUpTime: prettyUptime(nimbusUptimeSecs),
        nimbusUpTimeSeconds: String(nimbusUptimeSecs),
        nimbusLogLink: daemonLogLink(dialect, host),
      },
    ],
  };
}

function topologyRow(topology: TopologySummary, dialect: Dialect): object {
  return {
    id: topology.id,
    encodedId: urlEncoded(topology.id),
    name: topology.name,
    status: topology.status,
    uptime: prettyUptime(topology.uptimeSecs),
    tasksTotal: topology.tasks,
    workersTotal: topology.workers,
    executorsTotal: topology.executors,
    ...later(dialect, {
      owner: topology.owner,
      uptimeSeconds: topology.uptimeSecs,
      replicationCount: 1,
      schedulerInfo: topology.problem,
      ...topologyResources(topology),
    }),
  };
}

function sum(
  topologies: readonly TopologySummary[],
  of: (each: TopologySummary) => number,
): number {
  return topologies.reduce((total, each) => total + of(each), 0);
}
