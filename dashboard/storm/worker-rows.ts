import type { TopologyDescription, WorkerDescription } from '../../storm-api/index.ts';
import { prettyUptime } from '../uptime.ts';
import { type Dialect, workerLogLink } from './format.ts';
import { workerResources } from './resources.ts';

/** Whose workers they are, and how they are told. */
export interface WorkerPlace {
  readonly supervisorId: string;
  readonly dialect: Dialect;
}

/** A topology's workers as Storm tells them from 1.0 on; a slot's Java and native process are one. */
export function workerRows(topology: TopologyDescription, place: WorkerPlace): readonly object[] {
  const bySlot = new Map(topology.workerList.map((worker) => [worker.port, worker]));
  return [...bySlot.values()].map((worker) => workerRow(topology, worker, place));
}

function workerRow(
  topology: TopologyDescription,
  { host, port, uptimeSecs }: WorkerDescription,
  { supervisorId, dialect }: WorkerPlace,
): object {
  const executors = topology.executorList.filter((each) => each.port === port);
  const tasks = new Map<string, number>();
  for (const { component, firstTask, lastTask } of executors) {
    tasks.set(component, (tasks.get(component) ?? 0) + lastTask - firstTask + 1);
  }
  return {
    supervisorId,
    host,
    port,
    topologyId: topology.id,
    topologyName: topology.name,
    executorsTotal: executors.length,
    componentNumTasks: Object.fromEntries(tasks),
    uptime: prettyUptime(uptimeSecs),
    uptimeSeconds: uptimeSecs,
    workerLogLink: workerLogLink(dialect, topology.id, { host, port }),
    owner: topology.owner,
    ...workerResources(topology, executors),
  };
}
