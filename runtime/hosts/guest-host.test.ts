import { expect, it } from 'vitest';
import { StormConf } from '../../storm-api/index.ts';
import type { InspectionRequest, WorkerAssignment } from '../wire/index.ts';
import { GuestHost } from './guest-host.ts';

it('has a worker and an inspection run in the process that listens on the socket', () => {
  const host = new GuestHost({ program: '/guest-worker.js', socket: '/host.sock' });
  const worker = host.workerCommand({
    assignment: {} as WorkerAssignment,
    assignmentFile: '/a.json',
    config: StormConf.of({ 'topology.environment': { A: 1 } }),
    executors: 1,
  });
  expect(worker.args).toEqual(['/guest-worker.js', '/host.sock', 'worker', '/a.json']);
  expect([...worker.environment]).toEqual([['A', '1']]);
  const inspection = host.inspectionCommand({} as InspectionRequest, '/r.json');
  expect(inspection.args).toEqual(['/guest-worker.js', '/host.sock', 'inspect', '/r.json']);
});
