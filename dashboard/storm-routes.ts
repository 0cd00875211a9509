import type { FastifyInstance } from 'fastify';
import type { TopologyService, TopologySummary } from '../storm-api/index.ts';
import { prettyUptime } from './uptime.ts';

/** Storm UI's paths, with exactly the keys that 0.9's answers have. */
export function addStormRoutes(
  server: FastifyInstance,
  service: TopologyService,
  stormVersion: string,
): void {
  server.get('/api/v1/cluster/summary', () => clusterSummary(service, stormVersion));
  server.get('/api/v1/topology/summary', () => ({
    topologies: service.cluster().topologies.map(topologySummary),
  }));
}

function clusterSummary(service: TopologyService, stormVersion: string): object {
  const cluster = service.cluster();
  return {
    stormVersion,
    nimbusUptime: prettyUptime(cluster.nimbusUptimeSecs),
    supervisors: 1,
    slotsTotal: cluster.slotsTotal,
    slotsUsed: cluster.slotsUsed,
    slotsFree: cluster.slotsTotal - cluster.slotsUsed,
    executorsTotal: sum(cluster.topologies, (each) => each.executors),
    tasksTotal: sum(cluster.topologies, (each) => each.tasks),
  };
}

function topologySummary(topology: TopologySummary): object {
  return {
    id: topology.id,
    encodedId: encodeURIComponent(topology.id),
    name: topology.name,
    status: topology.status,
    uptime: prettyUptime(topology.uptimeSecs),
    tasksTotal: topology.tasks,
    workersTotal: topology.workers,
    executorsTotal: topology.executors,
  };
}

function sum(
  topologies: readonly TopologySummary[],
  of: (each: TopologySummary) => number,
): number {
  return topologies.reduce((total, each) => total + of(each), 0);
}
