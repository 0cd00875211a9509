import { beforeEach, expect, it } from 'vitest';
import { componentId, StormConf, type StormId, stormId } from '../storm-api/index.ts';
import { DrpcAccess } from './access.ts';
import { AccessList } from './access-list.ts';
import { DrpcService } from './drpc-service.ts';
import { ManualClock } from './manual-clock.fixture.ts';
import { WorkerRequests } from './worker-requests.ts';

const a = stormId('a-1-1');
const b = stormId('b-2-1');
const here = new AbortController().signal;
const limits = { requestsMax: 100, functionRequestsMax: 100, waitingLengthMax: 10_000 };

let service: DrpcService;
let requests: WorkerRequests;

beforeEach(() => {
  const clock = new ManualClock();
  let count = 0;
  const newId = () => `id-${++count}`;
  service = new DrpcService({ clock, newId, timeoutMs: 1_000, limits, acceptsUnknown: true });
  requests = allowing(null);
  serves(a, 'reach');
  serves(b, 'count');
});

function allowing(list: AccessList | null): WorkerRequests {
  return new WorkerRequests(service, new DrpcAccess({ list, workersOf: null }));
}

function serves(id: StormId, name: string): void {
  service.onTopology({
    ...{ id, name: id, status: 'ACTIVE', config: StormConf.empty },
    generation: 'storm-0.9',
    drpcSpouts: [
      { component: componentId('spout'), className: 'gearstorm.drpcSpout', functions: [name] },
    ],
  });
}

function call(name: string): Promise<string> {
  return service.execute(name, 'x', here).catch((error: Error) => `! ${error.message}`);
}

it('a worker gets and answers the requests of its own topology', async () => {
  const answers = [call('reach'), call('reach')];
  requests.result(a, (await requests.take(a, 'reach', here))?.id ?? '', 'A');
  requests.fail(a, (await requests.take(a, 'reach', here))?.id ?? '', 'no such page');
  expect(await Promise.all(answers)).toEqual(['A', '! no such page']);
});

it("a worker gets no request of another topology's function, nor of one that nobody serves", async () => {
  void call('reach');
  void call('unknown');
  await expect(requests.take(b, 'reach', here)).rejects.toThrow('only workers of a-1-1 may serve');
  await expect(requests.take(b, 'unknown', here)).rejects.toThrow('no workers at all may serve');
});

it("a worker answers no request of another topology's function, whatever id it found out", async () => {
  const answer = call('reach');
  const id = (await requests.take(a, 'reach', here))?.id ?? '';
  requests.result(b, id, 'forged');
  requests.fail(b, id, 'forged');
  requests.result(a, id, 'true');
  expect(await answer).toBe('true');
});

it('a worker serves nothing that the list of users gives to somebody else', async () => {
  requests = allowing(AccessList.of({ reach: { 'invocation.user': 'somebody-else' } }, false));
  await expect(requests.take(a, 'reach', here)).rejects.toThrow(
    'may not serve the function "reach"',
  );
});
