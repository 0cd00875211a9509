import type { TopologyStatistics } from '../../storm-api/index.ts';
import type { SlotLine } from './messages.ts';

/** The slots of a topology by port, each once. */
export function slotLines({
  id,
  name,
  workerList,
}: Pick<TopologyStatistics, 'id' | 'name' | 'workerList'>): readonly SlotLine[] {
  const ports = [...new Set(workerList.map(({ port }) => port))].sort((a, b) => a - b);
  return ports.map((port) => ({
    ...{ port, topologyId: id, topology: name },
    processes: workerList
      .filter((worker) => worker.port === port)
      .map(({ state, pid }) => ({ state, pid })),
  }));
}
