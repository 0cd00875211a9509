import { componentId, type StormId } from '../model/ids.ts';
import type { Handlers } from '../thrift/dispatcher.ts';
import type { pageMethods } from '../thrift/page-methods.ts';
import type { ProfileRequest } from '../thrift/page-structs.ts';
import type { TopologyService } from '../topology-service.ts';
import type { WorkerProfiler } from '../worker-profiler.ts';

const minuteMs = 60_000;

type ProfilingHandlers = Pick<
  Handlers<typeof pageMethods>,
  'setWorkerProfiler' | 'getComponentPendingProfileActions'
>;

/** What Storm's pages since 1.0 ask for workers. */
export function profilingHandlers(
  service: TopologyService,
  profiler: WorkerProfiler,
): ProfilingHandlers {
  return {
    setWorkerProfiler: async ({ id, profileRequest }) => {
      const { id: known } = service.describe(id);
      for (const worker of workersOf(profileRequest)) {
        await act(profiler, known, worker, profileRequest);
      }
      return undefined;
    },
    getComponentPendingProfileActions: ({ id, component_id, action }) => {
      const { id: known } = service.describe(id);
      if (action !== 'JPROFILE_STOP') return []; // everything else is done at once
      return profiler
        .recordings(known, componentId(component_id))
        .map(({ host, port, untilMs }) => ({
          nodeInfo: { node: host, port: [BigInt(port)] },
          action,
          time_stamp: BigInt(untilMs),
        }));
    },
  };
}

function workersOf({ nodeInfo: { node, port: ports } }: ProfileRequest): readonly string[] {
  return ports.map((port) => `${node}:${port}`);
}

/** To stop later is how Storm says that a recording is to begin. */
async function act(
  profiler: WorkerProfiler,
  id: StormId,
  worker: string,
  { action, time_stamp }: ProfileRequest,
): Promise<void> {
  const minutes = Math.ceil((Number(time_stamp ?? 0n) - Date.now()) / minuteMs);
  switch (action) {
    case 'JPROFILE_START':
      return await profiler.startRecording(id, worker, Math.max(1, minutes));
    case 'JPROFILE_STOP':
      if (minutes > 0) return await profiler.startRecording(id, worker, minutes);
      return await profiler.stopRecording(id, worker);
    case 'JPROFILE_DUMP':
      return await profiler.dumpRecording(id, worker);
    case 'JMAP_DUMP':
      return await profiler.dumpHeap(id, worker);
    case 'JSTACK_DUMP':
      await profiler.dumpThreads(id, worker);
      return;
    case 'JVM_RESTART':
      return await profiler.restart(id, worker);
  }
}
