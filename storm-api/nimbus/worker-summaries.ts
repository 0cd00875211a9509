import type { OwnerResourceSummary, WorkerSummary } from '../thrift/page-structs.ts';
import type { TopologySummary } from '../topology-facts.ts';
import type { TopologyDescription } from '../topology-service.ts';

/** A topology's workers; a slot's Java and native process are one. */
export function toWorkerSummaries(
  topology: TopologyDescription,
  supervisorId: string,
): readonly WorkerSummary[] {
  const bySlot = new Map(topology.workerList.map((worker) => [worker.port, worker]));
  return Array.from(bySlot.values(), ({ host, port, uptimeSecs }) => {
    const executors = topology.executorList.filter((each) => each.port === port);
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
    return {
      owner,
      total_topologies: own.length,
      total_executors: sum(({ executors }) => executors),
      total_workers: sum(({ workers }) => workers),
      total_tasks: sum(({ tasks }) => tasks),
    };
  });
}
