import { expect, it } from 'vitest';
import { stormId, type WorkerDescription } from '../../storm-api/index.ts';
import { slotLines } from './slot-lines.ts';

function worker(port: number, pid: number | null): WorkerDescription {
  const state = pid === null ? 'starting' : 'running';
  const common = { host: 'here', restarts: 0, uptimeSecs: 9, restartsAtMs: null, lastExit: null };
  return { ...common, port, pid, state, logFile: '' };
}

it('tells a slot once, with the processes that share it', () => {
  const workerList = [worker(6701, 3), worker(6700, 1), worker(6700, null)];
  const place = { topologyId: 'words-1-1', topology: 'words' };
  expect(slotLines({ id: stormId('words-1-1'), name: 'words', workerList })).toEqual([
    {
      ...{ port: 6700, ...place },
      processes: [
        { state: 'running', pid: 1 },
        { state: 'starting', pid: null },
      ],
    },
    { port: 6701, ...place, processes: [{ state: 'running', pid: 3 }] },
  ]);
});
