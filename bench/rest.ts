import { type ChildProcess, spawn } from 'node:child_process';
import { Agent, get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Comparison, Outcome } from './outcome.ts';
import { cpuTimeMs } from './proc.ts';
import type { ReadySimulation } from './simulation/serve.ts';

const program = join(import.meta.dirname, 'simulation', 'serve.js');
const size = { topologies: 20, components: 20, tasks: 100 };
/** The last ten seconds, of which the rates are, are then full. */
const warmUpMs = 12_000;
const requestsPerSec = 20;
/** An exporter asks for days: each path was asked for eight times before it counts, V8 has compiled what answers it. */
const warmUpRequests = 56;

/** What no Storm is measured for: how it should be at most. */
const goals = { latencyMs: 50, kilobytesPerSec: 100, cpuPercent: 10 };

interface Load {
  readonly kilobytesPerSec: number;
  readonly cpuPercent: number;
}

/** Many topologies whose workers only report: what the page and its REST interface cost. */
export const rest: Comparison = {
  name: 'rest',
  about: 'the page and REST with 20 topologies of 100 tasks each, simulated; beside its goals',
  minutes: { quick: 1, full: 2 },
  peers: [],
  async run(_, quick) {
    const windowMs = quick ? 10_000 : 30_000;
    const { child, url } = await startSimulation();
    try {
      await sleep(warmUpMs);
      const load = await loadOver(windowMs, child, url);
      const latenciesMs = await requestLatencies(windowMs, url);
      return outcomes({ load, latenciesMs, windowMs });
    } finally {
      child.stdin?.end();
    }
  },
};

async function startSimulation() {
  const { topologies, components, tasks } = size;
  const words = [topologies, components, tasks].map(String);
  const child = spawn(process.execPath, [program, ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, url: (JSON.parse(line) as ReadySimulation).url };
  }
  throw new Error('the simulation does not start');
}

/** Somebody looks at the list, and somebody at one topology. */
async function loadOver(windowMs: number, child: ChildProcess, url: string): Promise<Load> {
  const pids = child.pid === undefined ? [] : [child.pid];
  const paths = ['events', 'topology/simulated-1/events?component=bolt-3'];
  const pages = await Promise.all(paths.map((path) => open(`${url}/api/gearstorm/${path}`)));
  await sleep(2_000); // what comes once comes first
  let bytes = 0;
  for (const page of pages) page.on('data', (chunk: Buffer) => (bytes += chunk.length));
  const startMs = performance.now();
  const cpuMs = await cpuTimeMs(pids);
  await sleep(windowMs);
  const tookMs = performance.now() - startMs;
  const cpuPercent = (100 * ((await cpuTimeMs(pids)) - cpuMs)) / tookMs;
  for (const page of pages) page.destroy();
  return { cpuPercent, kilobytesPerSec: bytes / tookMs };
}

/** As an exporter asks: one path after another, each topology's in turn. */
async function requestLatencies(windowMs: number, url: string): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true });
  const latencies: number[] = [];
  let endMs = Number.POSITIVE_INFINITY;
  for (let index = 0; performance.now() < endMs; index++) {
    const startMs = performance.now();
    if (index === warmUpRequests) endMs = startMs + windowMs;
    const answer = await open(`${url}${pathOf(index)}`, agent);
    for await (const _ of answer);
    if (index >= warmUpRequests) latencies.push(performance.now() - startMs);
    await sleep(1000 / requestsPerSec);
  }
  agent.destroy();
  return latencies;
}

function pathOf(index: number): string {
  const topology = `simulated-${1 + (index % size.topologies)}`;
  const paths = [
    '/api/v1/cluster/summary',
    '/api/v1/topology/summary',
    `/api/v1/topology/${topology}`,
    `/api/v1/topology/${topology}/component/bolt-3`,
    `/api/v1/topology/${topology}/visualization`,
    '/api/gearstorm/live',
    '/metrics',
  ];
  return paths[index % paths.length] ?? '/';
}

function open(url: string, agent?: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, agent === undefined ? {} : { agent }, (answer) => {
      if (answer.statusCode === 200) resolve(answer);
      else reject(new Error(`${url} answered with status ${answer.statusCode}`));
    }).on('error', reject);
  });
}

function outcomes(measured: {
  readonly load: Load;
  readonly latenciesMs: readonly number[];
  readonly windowMs: number;
}): readonly Outcome[] {
  const { load, latenciesMs, windowMs } = measured;
  const sorted = [...latenciesMs].sort((one, other) => one - other);
  const p99 = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
  const config = {
    ...size,
    windowMs,
    requestsPerSec,
    requests: sorted.length,
    warmUpRequests,
    pages: 2,
  };
  const common = { better: 'less', peer: 'goal', config } as const;
  const goal = (name: string, unit: string, ours: number, theirs: number): Outcome => ({
    ...{ ...common, name, unit, ours: [ours], theirs: [theirs] },
  });
  return [
    goal('rest-p99', 'ms', p99, goals.latencyMs),
    goal('rest-page-updates', 'KB/s', load.kilobytesPerSec, goals.kilobytesPerSec),
    goal('rest-serve', '% of a core', load.cpuPercent, goals.cpuPercent),
  ];
}
