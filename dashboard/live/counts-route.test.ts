import fastify from 'fastify';
import { beforeEach, expect, it } from 'vitest';
import { StatisticsService } from '../storm/statistics-service.fixture.ts';
import { addCountsRoutes } from './counts-route.ts';

const path = '/api/gearstorm/topology/words';

let service: StatisticsService;

beforeEach(() => {
  service = new StatisticsService('words');
});

async function get(rest: string) {
  const server = fastify();
  addCountsRoutes(server, service);
  const answer = await server.inject(`${path}/${rest}`);
  return { status: answer.statusCode, answer: answer.json() };
}

it('sums components in each window, with acks and failures of whole trees', async () => {
  const { answer } = await get('counts?window=600');
  const all = { emitted: 30, transferred: 20, executed: 12, acked: 8, failed: 1, ackMs: 12.5 };
  expect(answer.windows).toMatchObject(
    ['600', '10800', '86400', ':all-time'].map((window) => ({ window, ...all })),
  );
  expect(answer.components).toMatchObject([
    { id: 'words', kind: 'spout', emitted: 10, acked: 8 },
    { id: 'count', kind: 'bolt', emitted: 20, executed: 12, executeMs: 1.5, ackMs: 2.25 },
  ]);
});

it('tells of a bolt what it took in and what it sent, and each executor', async () => {
  const { answer } = await get('component/count/counts?window=600');
  expect(answer.inputs).toEqual([
    {
      ...{ source: 'words', stream: 'default', executed: 12, acked: 11, failed: 0 },
      ...{ executeMs: 1.5, processMs: 2.25 },
    },
  ]);
  expect(answer.outputs).toMatchObject([{ stream: 'default', emitted: 20, transferred: 10 }]);
  expect(answer.executors).toMatchObject([{ firstTask: 2, lastTask: 3, port: 6700, executed: 12 }]);
});

it("tells of a spout what became of its tuples, Storm's own streams left out", async () => {
  const { answer } = await get('component/words/counts');
  expect(answer.inputs).toEqual([]);
  expect(answer.outputs).toEqual([
    {
      ...{ stream: 'default', emitted: 10, transferred: 10, acked: 8, failed: 1 },
      completeMs: 12.5,
    },
  ]);
});

it('knows nothing before anything was reported', async () => {
  service.hasReported = false;
  const { answer } = await get('component/count/counts');
  expect(answer).toMatchObject({ inputs: [], outputs: [], executors: [{ executed: null }] });
  expect(answer.windows[0]).toMatchObject({ window: '600', emitted: null, ackMs: null });
});

it.each([
  ['component/nobody/counts', 404],
  ['counts?window=601', 400],
])('refuses %s', async (rest, status) => {
  expect((await get(rest)).status).toBe(status);
});
