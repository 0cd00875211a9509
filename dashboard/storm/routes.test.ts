import { readFile } from 'node:fs/promises';
import fastify from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { StormConf } from '../../storm-api/index.ts';
import { addStormRoutes } from './routes.ts';
import type { StatisticsService } from './statistics-service.fixture.ts';
import { StormServer } from './storm-server.fixture.ts';

const id = 'words-1-1700000000';

let server: StormServer;
let service: StatisticsService;
let url: string;

beforeEach(() => start('0.9.7'));
afterEach(() => server.stop());

async function start(stormVersion: string): Promise<void> {
  server = await StormServer.start(stormVersion);
  ({ service, url } = server);
}

const get = (path: string) => server.get(path);
const page = (path: string) => server.page(path);
const post = (path: string, body?: object) => server.post(path, body);

it("answers with Storm's numbers, strings and nulls for a topology", async () => {
  const { topologyStats, spouts, bolts, ...rest } = await page(`/topology/${id}?window=600`);
  expect(rest).toMatchObject({ id, window: '600', windowHint: '10m 0s', msgTimeout: 30 });
  expect(topologyStats.map((each: { window: string }) => each.window)).toEqual([
    '600',
    '10800',
    '86400',
    ':all-time',
  ]);
  expect(topologyStats[0]).toEqual({
    ...{ windowPretty: '10m 0s', window: '600', emitted: 30, transferred: 20 },
    ...{ completeLatency: '12.500', acked: 8, failed: 1 },
  });
  expect(spouts).toEqual([
    {
      ...{ spoutId: 'words', encodedSpoutId: 'words', executors: 1, tasks: 1 },
      ...{ emitted: 10, transferred: 10, completeLatency: '12.500', acked: 8, failed: 1 },
      ...{ errorHost: '', errorPort: '', errorLapsedSecs: null, lastError: '' },
      errorWorkerLogLink: 'http://:8000/log?file=worker-.log',
    },
  ]);
  expect(bolts).toMatchObject([
    {
      ...{ boltId: 'count', executors: 1, tasks: 2, emitted: 20, transferred: 10 },
      ...{ capacity: '0.048', executeLatency: '1.500', executed: 12, processLatency: '2.250' },
      ...{ acked: 11, failed: 0, errorHost: 'here', errorPort: 6700, lastError: 'failed' },
      errorWorkerLogLink: 'http://here:8000/log?file=worker-6700.log',
    },
  ]);
});

it("leaves Storm's own streams and components out unless they are asked for", async () => {
  const { topologyStats } = await page(`/topology/${id}?sys=true`);
  expect(topologyStats[0].emitted).toBe(35);
});

it('tells nothing of executors that have not reported', async () => {
  service.hasReported = false;
  const { topologyStats, spouts } = await page(`/topology/${id}`);
  expect(topologyStats).toEqual([
    {
      ...{ windowPretty: 'All time', window: ':all-time', emitted: null, transferred: null },
      ...{ completeLatency: '0', acked: null, failed: null },
    },
  ]);
  expect(spouts[0]).toMatchObject({ emitted: null, completeLatency: '0', acked: null });
});

it('answers for a component, with the quirk that 0.9 has and later versions have not', async () => {
  const path = `/topology/${id}/component/count?window=600`;
  const first = await page(path);
  expect(first).toMatchObject({ id: 'count', componentType: 'bolt', executors: 1, tasks: 2 });
  expect(first.inputStats).toEqual([
    {
      ...{ component: 'words', encodedComponent: 'words', stream: 'default' },
      ...{ executeLatency: '1.500', processLatency: '1.500', executed: 12, acked: 11, failed: 0 },
    },
  ]);
  expect(first.outputStats).toEqual([{ stream: 'default', emitted: 20, transferred: 10 }]);
  expect(first.executorStats[0]).toMatchObject({ id: '[2-3]', encodedId: '%5B2-3%5D', port: 6700 });
  expect(first.componentErrors[0]).not.toHaveProperty('errorTime');
  await server.stop();
  await start('1.2.4');
  const later = await page(path);
  expect(later.inputStats[0].processLatency).toBe('2.250');
  expect(later.componentErrors[0]).toMatchObject({ errorTime: 1700000000 });
});

it('answers JSONP to the name of a function, and to nothing else', async () => {
  const good = await get('/cluster/summary?callback=jQuery1.show');
  expect(good.type).toBe('application/javascript;charset=utf-8');
  expect(good.text).toMatch(/^jQuery1\.show\(\{.*\}\);$/);
  const bad = await get('/cluster/summary?callback=alert(1)//');
  expect(bad.status).toBe(400);
  expect(bad.type).toBe('application/json;charset=utf-8');
});

it('spells its content type as exporters want it', async () => {
  for (const path of ['/cluster/summary', '/topology/summary', `/topology/${id}`, '/none']) {
    expect((await get(path)).type?.replace('; ', ';')).toBe('application/json;charset=utf-8');
  }
});

it('tells the configuration without its secrets', async () => {
  const { text } = await get('/cluster/configuration');
  expect(JSON.parse(text)).toMatchObject({ 'ui.port': 8080 });
  expect(text).not.toContain('hunter2');
  const { configuration } = await page(`/topology/${id}`);
  expect(configuration).toMatchObject({ 'topology.message.timeout.secs': 30 });
  expect(JSON.stringify(configuration)).not.toContain('hunter3');
});

it('does what its actions say, with all options of a rebalance', async () => {
  expect(await post(`/topology/${id}/deactivate`)).toMatchObject({
    status: 302,
    location: `/api/v1/topology/${id}`,
  });
  await post(`/topology/${id}/activate`, {});
  await post(`/topology/${id}/rebalance/3`, {
    rebalanceOptions: { numWorkers: 2, executors: { count: 4 } },
  });
  await post(`/topology/${id}/kill/0`);
  expect(service.calls).toEqual([
    ['deactivate', 'words'],
    ['activate', 'words'],
    [
      'rebalance',
      'words',
      { waitSecs: 3, workers: 2, executors: new Map([['count', 4]]), overrides: StormConf.empty },
    ],
    ['kill', 'words', 0],
  ]);
});

it('answers actions in JSON from 0.10 on', async () => {
  await server.stop();
  await start('0.10.2');
  const { status, text } = await post(`/topology/${id}/activate`);
  expect(status).toBe(200);
  const success = { topologyOperation: 'activate', topologyId: id, status: 'success' };
  expect(JSON.parse(text)).toEqual(success);
});

it.each(['0.9.7', '2.8.3'])('loses nothing to the schemas of its answers (%s)', async (version) => {
  const options = {
    ...{ service, stormVersion: version, config: StormConf.of({ 'ui.port': 8080 }) },
    ...{ profiler: server.profiler, ports: { nimbus: 6627, logviewer: 8000 } },
  };
  const [quick, plain] = [fastify(), fastify()];
  plain.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  for (const each of [quick, plain]) addStormRoutes(each, options);
  const paths = [
    ...['cluster/configuration', 'cluster/summary', 'nimbus/summary', 'supervisor/summary'],
    ...['topology/summary', 'history/summary', 'owner-resources', 'supervisor?host=here'],
    ...['', '?window=600', '/visualization', '/visualization-init', '/metrics', '/logconfig'].map(
      (path) => `topology/${id}${path}`,
    ),
    ...['words', 'count'].map((each) => `topology/${id}/component/${each}?sys=true`),
    `topology-workers/${id}`,
  ];
  for (const reported of [true, false]) {
    service.hasReported = reported;
    for (const path of paths) {
      const [fast, slow] = await Promise.all(
        [quick, plain].map((each) => each.inject(`/api/v1/${path}`)),
      );
      expect(fast?.statusCode, path).toBe(200);
      expect(fast?.json(), path).toEqual(slow?.json());
    }
  }
});

it('finds the workers of a supervisor by its host or id, and what owners have', async () => {
  const { supervisors } = await page('/supervisor/summary');
  expect((await page(`/supervisor?id=${supervisors[0].id}`)).workers).toMatchObject([
    { port: 6700, topologyName: 'words', supervisorId: supervisors[0].id },
    { port: 6701 },
  ]);
  expect((await page('/supervisor?host=nowhere')).workers).toEqual([]);
  expect(await page('/owner-resources')).toMatchObject({
    owners: [{ owner: '', totalTopologies: 1, totalTasks: 5, totalExecutors: 4, totalWorkers: 1 }],
  });
});

it("tells memory and processors since Storm 1, as Storm's default scheduler does", async () => {
  const cluster = () => page('/cluster/summary');
  expect(await cluster()).not.toHaveProperty('totalMem');
  await server.stop();
  await start('2.8.3');
  const capacity = { totalMem: 4096, totalCpu: 400, availMem: 3680, availCpu: 370 };
  expect(await cluster()).toMatchObject({
    ...{ ...capacity, memAssignedPercentUtil: '10.156', cpuAssignedPercentUtil: '7.500' },
    ...{ fragmentedMem: 0, fragmentedCpu: 0, schedulerDisplayResource: false },
  });
  expect((await page('/supervisor/summary')).supervisors).toMatchObject([
    { ...capacity, usedMem: 416, usedCpu: 30 },
  ]);
  const sums = {
    ...{ requestedMemOnHeap: 512, requestedMemOffHeap: 64, requestedCpu: 40 },
    ...{ assignedMemOnHeap: 384, assignedMemOffHeap: 32, assignedCpu: 30 },
    ...{ requestedTotalMem: 576, assignedTotalMem: 416 },
  };
  expect((await page('/topology/summary')).topologies).toMatchObject([sums]);
  const { spouts, workers, ...topology } = await page(`/topology/${id}`);
  expect(topology).toMatchObject(sums);
  const each = { requestedMemOnHeap: 128, requestedMemOffHeap: 0, requestedCpu: 10 };
  expect(spouts[0]).toMatchObject(each);
  expect(await page(`/topology/${id}/component/count`)).toMatchObject(each);
  const executors = workers[0].executorsTotal;
  expect(workers[0]).toMatchObject({ assignedMemOnHeap: 128 * executors });
  expect((await page('/owner-resources')).owners).toMatchObject([
    { totalMemoryUsage: 416, totalCpuUsage: 30, totalReqMem: 576, totalAssignedOnHeapMem: 384 },
  ]);
});

it('has the keys that later versions of Storm added to its pages, and 0.9 not', async () => {
  const topology = () => page(`/topology/${id}`);
  const component = () => page(`/topology/${id}/component/count`);
  for (const answer of [await topology(), await component()]) {
    expect(answer).not.toHaveProperty('debug');
    expect(answer).not.toHaveProperty('workers');
  }
  await server.stop();
  await start('2.8.3');
  const debugging = { debug: false, samplingPct: 10 };
  const { workers, ...rest } = await topology();
  expect(rest).toMatchObject(debugging);
  expect(workers[0].supervisorId).toBe((await page('/supervisor/summary')).supervisors[0].id);
  expect((await page(`/topology-workers/${id}`)).hostPortList[0].supervisorId).toBe('one');
  expect(await component()).toMatchObject({
    ...{ ...debugging, topologyStatus: 'ACTIVE', eventLogLink: null, profilerActive: [] },
    ...{ profilingAndDebuggingCapable: true, profileActionEnabled: true },
  });
});

it('tells the streams of the graph on the path that Storm 1 has for them', async () => {
  const { visualizationTable } = await page(`/topology/${id}`);
  expect(visualizationTable).not.toEqual([]);
  expect(await page(`/topology/${id}/visualization-init`)).toEqual({ visualizationTable });
});

it('tells what one owner has, and who has nothing', async () => {
  Object.assign(service, { owner: 'ann' });
  expect(await page('/owner-resources/ann')).toMatchObject({
    ...{ owner: 'ann', totalTopologies: 1, totalTasks: 5 },
    topologies: [{ id, name: 'words' }],
  });
  expect((await get('/owner-resources/bob')).status).toBe(404);
});

it('sets, tells and takes back log levels', async () => {
  const path = `/topology/${id}/logconfig`;
  expect(await page(path)).toEqual({ namedLoggerLevels: {} });
  const wish = { 'com.shop': { target_level: 'debug', reset_level: 'INFO', timeout: 30 } };
  const set = JSON.parse((await post(path, { namedLoggerLevels: wish })).text);
  const told = { target_level: 'DEBUG', reset_level: null, timeout: 30, timeout_epoch: 0 };
  expect(set).toEqual({ namedLoggerLevels: { 'com.shop': told } });
  expect(await page(path)).toEqual(set);
  const back = { 'com.shop': { target_level: null, timeout: 0 } };
  const { text } = await post(path, { namedLoggerLevels: back });
  expect(JSON.parse(text)).toEqual({ namedLoggerLevels: {} });
  const bad = await post(path, { namedLoggerLevels: { a: { target_level: 'LOUD' } } });
  expect(bad).toMatchObject({ status: 400, text: expect.stringContaining('is no log level') });
});

it.each([
  ['GET', `/topology/${id}/kill/0`, 404],
  ['POST', '/topology/nobody-1-1/kill/0', 404],
  ['POST', `/topology/${id}/kill/soon`, 400],
  ['GET', `/topology/${id}?window=a`, 400],
  ['GET', `/topology/${id}/component/nobody`, 400],
])('refuses %s %s', async (method, path, status) => {
  const answer = await fetch(url + path, { method });
  expect(answer.status).toBe(status);
  expect(await answer.json()).toHaveProperty('errorMessage');
  expect(service.calls).toEqual([]);
});

it('refuses an action of a page from elsewhere', async () => {
  const headers = { origin: 'http://evil.example' };
  const answer = await fetch(`${url}/topology/${id}/kill/0`, { method: 'POST', headers });
  expect(answer.status).toBe(403);
  expect(service.calls).toEqual([]);
});

it('tells Prometheus what docs/metrics.md says', async () => {
  const text = await (await fetch(url.replace('/api/v1', '/metrics'))).text();
  expect(text).toContain('gearstorm_topology_status{topology="words",status="ACTIVE"} 1');
  expect(text).toContain(
    'gearstorm_executed_total{topology="words",component="count",source="words",stream="default"} 12',
  );
  expect(text).toContain('gearstorm_capacity{topology="words",component="count"} 0.048');
  const documented = await readFile('docs/metrics.md', 'utf8');
  for (const [, name] of text.matchAll(/^# TYPE (\w+)/gm)) expect(documented).toContain(name);
});

it('answers for the lag of sources as Storm 2 does, and everything known of it on a path of our own', async () => {
  const row = (lag: number) => ({
    ...{ consumerCommittedOffset: 100 - lag, logHeadOffset: 100, lag },
  });
  expect(await page(`/topology/${id}/lag`)).toEqual({
    words: {
      ...{ spoutId: 'words', spoutType: 'KAFKA' },
      spoutLagResult: { lines: { 0: row(0), 1: row(10) } },
    },
  });
  const own = await fetch(url.replace('/api/v1', '/api/gearstorm/topology/words/lag'));
  expect(await own.json()).toMatchObject({
    components: [
      { id: 'words', total: 10, partitions: [{ partition: 0 }, { partition: 1, lag: 10 }] },
    ],
    history: { timesMs: [], series: [] },
  });
  expect(await (await fetch(url.replace('/api/v1', '/metrics'))).text()).toContain(
    'gearstorm_partition_lag{topology="words",component="words",topic="lines",partition="1"} 10',
  );
});

it('tells how often subprocesses ended, of components that have any', async () => {
  expect(await page(`/topology/${id}/component/count`)).toMatchObject({
    subprocessRestarts: [
      { task: 2, restarts: 2 },
      { task: 3, restarts: 0 },
    ],
  });
  expect(await page(`/topology/${id}/component/words`)).not.toHaveProperty('subprocessRestarts');
  const metrics = await (await fetch(url.replace('/api/v1', '/metrics'))).text();
  const name = 'gearstorm_subprocess_restarts{topology="words",component="count"';
  expect(metrics).toContain(`${name},task="2"} 2`);
  expect(metrics).toContain(`${name},task="3"} 0`);
});

it('describes each of its paths in its OpenAPI document', async () => {
  const { openapi, paths } = await page('/openapi.json');
  expect(openapi).toBe('3.1.0');
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining([
      '/api/v1/cluster/summary',
      '/api/v1/topology/{topology}',
      '/api/v1/topology/{topology}/component/{component}',
      '/api/v1/topology/{topology}/rebalance/{wait}',
      '/api/v1/topology/{topology}/profiling/dumpjstack/{worker}',
      '/api/v1/topology/{topology}/profiling/restartworker/{worker}',
      '/api/v1/owner-resources/{owner}',
    ]),
  );
  expect(paths['/api/v1/topology/{topology}/kill/{wait}']).toHaveProperty('post');
});
