import { debugOptions } from '../debugging.ts';
import { AlreadyAliveError, InvalidTopologyError, NotAliveError } from '../errors.ts';
import type { Handlers } from '../thrift/dispatcher.ts';
import type { pageMethods } from '../thrift/page-methods.ts';
import type { SupervisorPageInfo } from '../thrift/page-structs.ts';
import type { TopologySummary } from '../topology-facts.ts';
import { acceptedTopologies, type TopologyService } from '../topology-service.ts';
import type { WorkerProfiler } from '../worker-profiler.ts';
import { type PageQuestion, toComponentPageInfo, toTopologyPageInfo } from './page-replies.ts';
import { profilingHandlers } from './profiling.ts';
import {
  type NimbusIdentity,
  toClusterSummary,
  toTopologyInfo,
  toTopologySummary,
} from './replies.ts';
import { checkTopologyName } from './topology-name.ts';
import { toOwnerSummaries, toWorkerSummaries } from './worker-summaries.ts';

export interface PageParts {
  readonly service: TopologyService;
  readonly profiler: WorkerProfiler;
  readonly identity: () => NimbusIdentity;
}

const allTime = ':all-time';

/** What clients and pages of Storm 1.x and 2.x ask. */
export function pageHandlers({
  service,
  profiler,
  identity,
}: PageParts): Handlers<typeof pageMethods> {
  const question = (id: string, window: string, withSystem: boolean): PageQuestion => ({
    topology: service.describe(id),
    statistics: service.statistics(id),
    ...{ window, withSystem },
    supervisorId: service.cluster().supervisorId,
    stormVersion: identity().version,
  });
  const infoByName = (name: string, errors: Parameters<typeof toTopologyInfo>[2]) => {
    const { id } = byName(service, name);
    return toTopologyInfo(service.describe(id), service.statistics(id).executorList, errors);
  };
  return {
    ...profilingHandlers(service, profiler),
    getLeader: () => {
      const [leader] = toClusterSummary(service.cluster(), identity()).nimbuses;
      if (leader === undefined) throw new NotAliveError('no Nimbus leads');
      return leader;
    },
    isTopologyNameAllowed: ({ name }) => isAllowed(service, name),
    getTopologySummaries: () =>
      acceptedTopologies(service.cluster()).map((each) =>
        toTopologySummary(each, identity().version),
      ),
    getTopologySummary: ({ id }) => toTopologySummary(service.describe(id), identity().version),
    getTopologySummaryByName: ({ name }) =>
      toTopologySummary(byName(service, name), identity().version),
    getTopologyInfoByName: ({ name }) => infoByName(name, 'ALL'),
    getTopologyInfoByNameWithOpts: ({ name, options }) =>
      infoByName(name, options.num_err_choice ?? 'ALL'),
    getTopologyPageInfo: ({ id, window, is_include_sys }) =>
      toTopologyPageInfo(question(id, window, is_include_sys)),
    getComponentPageInfo: ({ topology_id, component_id, window, is_include_sys }) =>
      toComponentPageInfo(question(topology_id, window ?? allTime, is_include_sys), component_id),
    getSupervisorPageInfo: ({ id, host }) => supervisorPage({ service, identity }, id, host),
    getOwnerResourceSummaries: ({ owner }) =>
      toOwnerSummaries(service.cluster().topologies, owner ?? null),
    getTopologyHistory: () => ({ topo_ids: service.cluster().topologies.map(({ id }) => id) }),
    debug: async ({ name, component, enable, samplingPercentage }) => {
      await service.changeDebugging(name, debugOptions(component, enable, samplingPercentage));
      return undefined;
    },
    // Nothing is kept for clients between their submissions.
    isRemoteBlobExists: () => false,
  };
}

/** All of this machine's slots are one supervisor, which is asked for by its id or its host. */
function supervisorPage(
  { service, identity }: Pick<PageParts, 'service' | 'identity'>,
  id: string | undefined,
  host: string | undefined,
): SupervisorPageInfo {
  const cluster = service.cluster();
  const isMeant = id === undefined ? host === cluster.host : id === cluster.supervisorId;
  if (!isMeant) return { supervisor_summaries: [], worker_summaries: [] };
  return {
    supervisor_summaries: toClusterSummary(cluster, identity()).supervisors,
    worker_summaries: cluster.topologies.flatMap((topology) =>
      toWorkerSummaries(service.describe(topology.id), cluster.supervisorId),
    ),
  };
}

/** Whether a topology of that name would be accepted. */
function isAllowed(service: TopologyService, name: string): boolean {
  try {
    checkTopologyName(name);
    return acceptedTopologies(service.cluster()).every((each) => each.name !== name);
  } catch (error) {
    if (error instanceof InvalidTopologyError || error instanceof AlreadyAliveError) return false;
    throw error;
  }
}

/** @throws NotAliveError */
function byName(service: TopologyService, name: string): TopologySummary {
  const found = service.cluster().topologies.find((each) => each.name === name);
  if (found === undefined) throw new NotAliveError(`no topology named ${name} is alive`);
  return found;
}
