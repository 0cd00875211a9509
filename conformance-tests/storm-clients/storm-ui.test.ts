// Goal: Storm's own pages find everything they ask our Nimbus for, and our REST paths answer as
// they do. Method: the real UI daemon of 0.10.2 beside serve, and both asked the same questions.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Gearstorm, jars, waitFor } from '../harness/index.ts';
import { pageCalls } from './page-calls.ts';
import { StormUi } from './storm-ui.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

const settleMs = 60_000;
/** What goes on while a topology rests; capacities are shares of its uptime. */
const running = new Set([
  ...['uptime', 'uptimeSeconds', 'nimbusUptime', ':uptime_secs', 'errorLapsedSecs'],
  ...['capacity', ':capacity'],
]);

let gearstorm: Gearstorm;
let ui: StormUi;
let id: string;

beforeAll(async () => {
  gearstorm = await Gearstorm.start({ config: { 'gearstorm.storm.version': '0.10.2' } });
  const starting = StormUi.start(gearstorm);
  await gearstorm.submit(jars.starter, 'storm.starter.ExclamationTopology', 'exclaim');
  ui = await starting;
  await gearstorm.peek('exclaim', 'exclaim2', 50);
  await gearstorm.command('deactivate', 'exclaim');
  const { topologies } = (await ours('/topology/summary')) as {
    readonly topologies: readonly { readonly id: string }[];
  };
  id = topologies[0]?.id ?? '';
  await waitFor('all counts to be reported', settleMs, async () => {
    const before = JSON.stringify(withoutTimes(await ours(`/topology/${id}`)));
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    return JSON.stringify(withoutTimes(await ours(`/topology/${id}`))) === before;
  });
});

afterAll(async () => {
  await ui?.stop();
  await gearstorm?.stop();
});

async function ours(path: string) {
  return (await fetch(`${gearstorm.uiUrl}/api/v1${path}`)).json();
}

function withoutTimes(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer), (key, value) => (running.has(key) ? undefined : value));
}

it("tells Storm's UI how much of everything there was", async () => {
  const page = (await ui.get(`/topology/${id}?window=600`)) as {
    readonly spouts: readonly Record<string, number>[];
    readonly bolts: readonly Record<string, number | string>[];
    readonly topologyStats: readonly Record<string, number>[];
  };
  const [spout] = page.spouts;
  const first = page.bolts.find(({ boltId }) => boltId === 'exclaim1');
  const second = page.bolts.find(({ boltId }) => boltId === 'exclaim2');
  expect(spout?.['emitted']).toBeGreaterThan(50);
  expect(spout?.['transferred']).toBe(spout?.['emitted']);
  expect([first?.['executed'], first?.['acked'], second?.['executed']]).toEqual(
    Array(3).fill(spout?.['emitted']),
  );
  expect(page.topologyStats.map(({ window }) => window)).toEqual([
    '600',
    '10800',
    '86400',
    ':all-time',
  ]);
});

it.each([
  '/cluster/summary',
  '/supervisor/summary',
  '/topology/summary',
  '/topology/ID',
  '/topology/ID?window=600',
  '/topology/ID?sys=true',
  '/topology/ID/component/word',
  '/topology/ID/component/word?sys=true&window=10800',
  '/topology/ID/component/exclaim1',
  '/topology/ID/component/exclaim2?window=86400',
  '/topology/ID/visualization',
  '/topology/ID/visualization?sys=true&window=600',
])("answers %s as Storm's UI does", async (path) => {
  const asked = path.replace('ID', id);
  const theirs = withoutTimes(await ui.get(asked));
  expect(theirs).not.toHaveProperty('error');
  expect(sorted(withoutTimes(await ours(asked)))).toMatchObject(sorted(theirs) as object);
});

/** Clojure's maps have no order: lists of named things are compared by name. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .map(sorted)
      .sort((one, other) => (JSON.stringify(named(one)) < JSON.stringify(named(other)) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, sorted(each)]));
}

const names = ['id', 'spoutId', 'boltId', 'stream', 'window', 'component', ':component', ':stream'];

function named(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => names.includes(key));
  return entries.map(([, each]) => each);
}

it('tells the client of 2.8.3 the same, in the sums that later pages are made of', async () => {
  const page = (await ui.get(`/topology/${id}?window=600`)) as {
    readonly spouts: readonly Record<string, number>[];
    readonly bolts: readonly Record<string, number | string>[];
    readonly topologyStats: readonly Record<string, number | string>[];
    readonly executorsTotal: number;
    readonly workersTotal: number;
  };
  const { topologies } = (await ours('/topology/summary')) as {
    readonly topologies: readonly { readonly tasksTotal: number }[];
  };
  const [spout] = page.spouts;
  const ever = page.topologyStats.find(({ window }) => window === ':all-time');
  const bolt = page.bolts.find(({ boltId }) => boltId === 'exclaim1');
  const words = [String(gearstorm.nimbusPort), 'exclaim', 'word', 'exclaim1'];
  const told = await pageCalls('2.8.3', words);
  expect(told).toMatchObject({
    leader: 'true',
    allowed: 'false true',
    summary: `INACTIVE ${topologies[0]?.tasksTotal}`,
    page: `exclaim ${page.executorsTotal} ${page.workersTotal}`,
    emitted: `${ever?.['emitted']}`,
    timeout: 'true',
    spout: `${spout?.['emitted']} ${spout?.['acked']}`,
    bolt: `${bolt?.['emitted']} ${bolt?.['acked']}`,
    executed: `${bolt?.['executed']}`,
    component: `${bolt?.['emitted']} ${bolt?.['acked']}`,
    inputs: '[GlobalStreamId(componentId:word, streamId:default)]',
    outputs: '[default]',
    executors: '3',
    workers: `${page.executorsTotal}`,
    owners: '1',
    history: 'true',
    level: 'DEBUG true',
  });
});

it('changes what loggers of running workers tell, and of those that replace them', async () => {
  const { length: workers } = await gearstorm.shownWorkers('exclaim');
  const said = async (sentence: string) =>
    (await gearstorm.run('logs', 'exclaim')).stdout.split(sentence).length - 1;
  const set = 'level of logger acme.here is DEBUG';
  const words = ['set_log_level', 'exclaim', '-l', 'acme.here=DEBUG', '-l', 'acme.there=OFF:60'];
  expect((await gearstorm.run(...words)).stdout).toBe(
    'Log levels of topology exclaim: acme.here=DEBUG, acme.there=OFF for 60 s\n',
  );
  await waitFor('the workers to obey', settleMs, async () => (await said(set)) === workers);
  process.kill(await workerPid(), 'SIGKILL');
  await waitFor('the next worker to obey', settleMs, async () => (await said(set)) > workers);
  await gearstorm.command('set_log_level', '-r', 'acme.here', 'exclaim');
  const back = 'level of logger acme.here is what it was';
  await waitFor('the workers to go back', settleMs, async () => (await said(back)) === workers);
  const unknown = await gearstorm.run('set_log_level', 'nobody', '-r', 'a');
  expect(unknown).toMatchObject({ exitCode: 1, stderr: 'nobody is not a running topology\n' });
});

it('lets an operator act from there', async () => {
  expect(await ui.get('/cluster/configuration')).toMatchObject({ 'ui.port': 0 });
  expect(await ui.post(`/topology/${id}/activate`)).toMatchObject({ status: 'success' });
  expect(await gearstorm.list()).toMatchObject([{ name: 'exclaim', status: 'ACTIVE' }]);
});

it('counts on the command line as the pages do', async () => {
  const listed = await gearstorm.run('monitor', 'exclaim');
  expect(listed.stdout).toMatch(/^Available components for exclaim :\n-+\n[\s\S]*\bexclaim1\b/);
  const watched = await gearstorm.run('monitor', 'exclaim', '-m', 'word', '-i', '1', '-n', '2');
  const [titles = '', first = ''] = watched.stdout.split('\n');
  expect(titles.split('\t')).toEqual([
    ...['topology', 'component', 'parallelism', 'stream', 'time-diff ms', 'emitted'],
    'throughput (Kt/s)',
  ]);
  expect(first).toMatch(/^exclaim\tword\t10\tdefault\t\d+\t\d+\t\d+\.\d+/);
  const unknown = await gearstorm.run('monitor', 'exclaim', '-m', 'nobody');
  expect(unknown).toMatchObject({ exitCode: 1, stderr: 'component: nobody not found\n' });
  const errors = await gearstorm.run('get-errors', 'exclaim');
  expect(JSON.parse(errors.stdout)).toEqual({ 'Topology Name': 'exclaim', 'Comp-Errors': {} });
  const top = await gearstorm.run('top', 'exclaim', '-i', '1', '-n', '1');
  expect(top.stdout).toMatch(/exclaim exclaim1 +3 +\d+ +\d+/);
});

/** Of any. */
async function workerPid(): Promise<number> {
  for (const pid of await gearstorm.otherProcesses()) {
    const words = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    if (words.includes('gearstorm.host.Main')) return pid;
  }
  throw new Error('no worker runs');
}
