import { expect, it } from 'vitest';
import { componentId, type WorkerDescription } from '../../storm-api/index.ts';
import { problemOf } from './topology-problem.ts';

const running: WorkerDescription = {
  ...{ port: 6700, host: 'here', pid: 1, state: 'running', restarts: 0, uptimeSecs: 5 },
  ...{ restartsAtMs: null, lastExit: null, logFile: '/worker.log' },
};
const crashed: WorkerDescription = {
  ...{ ...running, port: 6701, pid: null, state: 'backing-off', restarts: 3 },
  restartsAtMs: Date.UTC(2026, 0, 1, 14, 5, 6),
  lastExit: 'component split, task 3 of topology t threw java.io.IOException: no\n\tat A.b',
};
const active = { status: 'ACTIVE', workersWanted: 1, isolated: [] } as const;

it('nothing is said of what runs as it was meant to', () => {
  expect(problemOf({ ...active, workers: [running] })).toBeNull();
  expect(problemOf({ ...active, workers: [{ ...running, restarts: 2 }] })).toBeNull();
  expect(problemOf({ ...active, status: 'KILLED', workers: [] })).toBeNull();
});

it('a topology without workers waits for a slot', () => {
  expect(problemOf({ ...active, workers: [] })).toBe('waits for a free slot');
});

it('a topology without tasks of its own waits for nothing', () => {
  expect(problemOf({ ...active, workersWanted: 0, workers: [] })).toBe('has no task to run');
});

it('a worker that ended is named with its reason and the time of its next start', () => {
  const reason = 'component split, task 3 of topology t threw java.io.IOException: no';
  expect(problemOf({ ...active, workers: [running, crashed] })).toBe(
    `worker 6701 ended 3 times and starts again at 14:05:06 UTC: ${reason}`,
  );
  const starting = { ...crashed, state: 'starting', restarts: 1, restartsAtMs: null } as const;
  expect(problemOf({ ...active, workers: [starting] })).toBe(
    `worker 6701 ended once and starts again: ${reason}`,
  );
});

it('a topology with fewer workers than it wants says so', () => {
  expect(problemOf({ ...active, workersWanted: 2, workers: [running] })).toBe(
    'has 1 of 2 workers, no other slot is free',
  );
});

it('a component that runs by itself since it held up others is named', () => {
  expect(problemOf({ ...active, isolated: [componentId('loop')], workers: [running] })).toBe(
    'component loop has a process of its own, as it kept the thread of one that it shared',
  );
});
