import {
  type ClusterDescription,
  type ComponentId,
  type ExecutorDescription,
  type Resources,
  resourcesOf,
  sumOfResources,
  type TopologyDescription,
  type TopologySummary,
  totalMb,
} from '../../storm-api/index.ts';
import { floatText } from './format.ts';

/** Memory and processors as Storm's pages tell them from 1.0 on. */

export function clusterResources(cluster: ClusterDescription): object {
  const { memoryMb, cpuPercent } = cluster.capacity;
  const used = usedOf(cluster.topologies);
  return {
    ...capacityOf(cluster),
    memAssignedPercentUtil: percentUtil(totalMb(used), memoryMb),
    cpuAssignedPercentUtil: percentUtil(used.cpuPercent, cpuPercent),
    fragmentedMem: 0,
    fragmentedCpu: 0,
  };
}

export function supervisorResources(cluster: ClusterDescription): object {
  const used = usedOf(cluster.topologies);
  return { ...capacityOf(cluster), usedMem: totalMb(used), usedCpu: used.cpuPercent };
}

function capacityOf({ capacity, topologies }: ClusterDescription): object {
  const { memoryMb, cpuPercent } = capacity;
  const used = usedOf(topologies);
  return {
    totalMem: memoryMb,
    totalCpu: cpuPercent,
    availMem: memoryMb - totalMb(used),
    availCpu: cpuPercent - used.cpuPercent,
  };
}

function usedOf(topologies: readonly TopologySummary[]): Resources {
  return sumOfResources(topologies.map(({ resources }) => resources.assigned));
}

function percentUtil(used: number, total: number): string {
  return total > 0 ? floatText((used * 100) / total) : '0.0';
}

export function topologyResources({ resources }: TopologySummary): object {
  const { requested, assigned } = resources;
  return {
    ...requestedKeys(requested),
    requestedTotalMem: totalMb(requested),
    ...assignedKeys(assigned),
    assignedTotalMem: totalMb(assigned),
  };
}

/** What each executor of it asks for. */
export function componentResources(topology: TopologyDescription, component: ComponentId): object {
  return requestedKeys(resourcesOf([{ component }], topology));
}

/** @param executors of the worker */
export function workerResources(
  topology: TopologyDescription,
  executors: readonly ExecutorDescription[],
): object {
  return assignedKeys(resourcesOf(executors, topology));
}

export function ownerResources(topologies: readonly TopologySummary[]): object {
  const requested = sumOfResources(topologies.map(({ resources }) => resources.requested));
  const assigned = usedOf(topologies);
  return {
    totalMemoryUsage: totalMb(assigned),
    totalCpuUsage: assigned.cpuPercent,
    totalReqOnHeapMem: requested.onHeapMb,
    totalReqOffHeapMem: requested.offHeapMb,
    totalReqMem: totalMb(requested),
    totalReqCpu: requested.cpuPercent,
    totalAssignedOnHeapMem: assigned.onHeapMb,
    totalAssignedOffHeapMem: assigned.offHeapMb,
  };
}

function requestedKeys({ onHeapMb, offHeapMb, cpuPercent }: Resources): object {
  return {
    requestedMemOnHeap: onHeapMb,
    requestedMemOffHeap: offHeapMb,
    requestedCpu: cpuPercent,
  };
}

function assignedKeys({ onHeapMb, offHeapMb, cpuPercent }: Resources): object {
  return { assignedMemOnHeap: onHeapMb, assignedMemOffHeap: offHeapMb, assignedCpu: cpuPercent };
}
