import { resourcesOf, sumOfResources, totalMb } from '../resources.ts';
import type { OwnerResourceSummary, WorkerSummary } from '../thrift/page-structs.ts';
import type { TopologySummary } from '../topology-facts.ts';
import type { TopologyDescription } from '../topology-service.ts';
import { toResourceFields } from './replies.ts';

/** A topology's workers; a slot's Java and native process are one. */
export function toWorkerSummaries(
  topology: TopologyDescription,
  supervisorId: string,
): readonly WorkerSummary[] {
  const bySlot = new Map(topology.workerList.map((worker) => [worker.port, worker]));
  return Array.from(bySlot.values(), ({ host, port, uptimeSecs }) => {
    const executors = topology.executorList.filter((each) => each.port === port);
    const requested = resourcesOf(executors, topology);
    const tasks = new Map<string, bigint>();
    for (const { component, firstTask, lastTask } of executors) {
      const more = BigInt(lastTask - firstTask + 1);
      tasks.set(component, (tasks.get(component) ?? 0n) + more);
    }
    return {
      ...{ supervisor_id: supervisorId, host, port },
      topology_id: topology.id,
      topology_name: topology.name,
      num_executors: executors.length,
      component_to_num_tasks: tasks,
      uptime_secs: uptimeSecs,
      owner: topology.owner,
      ...toResourceFields({ requested, assigned: requested }),
    };
  });
}

/** What each owner of a topology has. @param wanted null: all of them */
export function toOwnerSummaries(
  topologies: readonly TopologySummary[],
  wanted: string | null,
): readonly OwnerResourceSummary[] {
  const owners = new Set(topologies.map(({ owner }) => owner));
  if (wanted !== null) for (const owner of owners) if (owner !== wanted) owners.delete(owner);
  return Array.from(owners, (owner) => {
    const own = topologies.filter((each) => each.owner === owner);
    const sum = (of: (each: TopologySummary) => number) =>
      own.reduce((total, each) => total + of(each), 0);
    const requested = sumOfResources(own.map(({ resources }) => resources.requested));
    const assigned = sumOfResources(own.map(({ resources }) => resources.assigned));
    return {
      owner,
      total_topologies: own.length,
      total_executors: sum(({ executors }) => executors),
      total_workers: sum(({ workers }) => workers),
      total_tasks: sum(({ tasks }) => tasks),
      ...{ memory_usage: totalMb(assigned), cpu_usage: assigned.cpuPercent },
      requested_on_heap_memory: requested.onHeapMb,
      requested_off_heap_memory: requested.offHeapMb,
      requested_total_memory: totalMb(requested),
      requested_cpu: requested.cpuPercent,
      assigned_on_heap_memory: assigned.onHeapMb,
      assigned_off_heap_memory: assigned.offHeapMb,
    };
  });
}
