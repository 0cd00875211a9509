import type { ComponentId, TopologyStatus, WorkerDescription } from '../../storm-api/index.ts';

const reasonCharactersMax = 300;

export interface TopologyState {
  readonly status: TopologyStatus;
  /** As the engine sees them now. */
  readonly workers: readonly WorkerDescription[];
  /** How many the topology could use. */
  readonly workersWanted: number;
  /** Components that have processes of their own. */
  readonly isolated: readonly ComponentId[];
}

/** Why the topology does not run as it was meant to, on one line; null when it does. */
export function problemOf(state: TopologyState): string | null {
  const { status, workers, workersWanted, isolated } = state;
  if (status !== 'ACTIVE' && status !== 'INACTIVE') return null;
  if (workers.length === 0) {
    return workersWanted === 0 ? 'has no task to run' : 'waits for a free slot';
  }
  const failed = workers.filter(({ state, restarts }) => state !== 'running' && restarts > 0);
  const problems = failed.map(describe);
  const ports = new Set(workers.map(({ port }) => port));
  if (ports.size < workersWanted) {
    problems.push(`has ${ports.size} of ${workersWanted} workers, no other slot is free`);
  }
  problems.push(
    ...isolated.map(
      (id) =>
        `component ${id} has a process of its own, as it kept the thread of one that it shared`,
    ),
  );
  return problems.length === 0 ? null : problems.join('; ');
}

function describe({ port, restarts, restartsAtMs, lastExit }: WorkerDescription): string {
  const times = restarts === 1 ? 'once' : `${restarts} times`;
  const when = restartsAtMs === null ? 'starts again' : `starts again at ${time(restartsAtMs)}`;
  return `worker ${port} ended ${times} and ${when}: ${firstLine(lastExit ?? 'nobody saw why')}`;
}

function time(ms: number): string {
  return `${new Date(ms).toISOString().slice(11, 19)} UTC`;
}

function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').slice(0, reasonCharactersMax);
}
