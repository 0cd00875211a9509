import { beforeEach, expect, it } from 'vitest';
import {
  componentId,
  type ObservedTopology,
  StormConf,
  type StormId,
  stormId,
} from '../storm-api/index.ts';
import { DrpcAccess } from './access.ts';
import { AccessList } from './access-list.ts';
import { DrpcService } from './drpc-service.ts';
import { ManualClock } from './manual-clock.fixture.ts';
import { WorkerRequests } from './worker-requests.ts';

const a = stormId('a-1-1');
const b = stormId('b-2-1');
const here = new AbortController().signal;
const taker = { gone: here, withdrawn: here };
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

function serves(id: StormId, name: string, status: ObservedTopology['status'] = 'ACTIVE'): void {
  service.onTopology({
    ...{ id, name: id, status, config: StormConf.empty },
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
  requests.result(a, (await requests.take(a, 'reach', taker))?.id ?? '', 'A');
  requests.fail(a, (await requests.take(a, 'reach', taker))?.id ?? '', 'no such page');
  expect(await Promise.all(answers)).toEqual(['A', '! no such page']);
});

it("a worker gets no request of another topology's function, nor of one that nobody serves", async () => {
  void call('reach');
  void call('unknown');
  await expect(requests.take(b, 'reach', taker)).rejects.toThrow('only workers of a-1-1 may serve');
  await expect(requests.take(b, 'unknown', taker)).rejects.toThrow('no workers at all may serve');
});

it("a worker answers no request of another topology's function, whatever id it found out", async () => {
  const answer = call('reach');
  const id = (await requests.take(a, 'reach', taker))?.id ?? '';
  requests.result(b, id, 'forged');
  requests.fail(b, id, 'forged');
  requests.result(a, id, 'true');
  expect(await answer).toBe('true');
});

it('what a worker gives back goes to who waits for it, and another topology gives nothing back', async () => {
  const answer = call('reach');
  const taken = (await requests.take(a, 'reach', taker)) ?? { id: '', args: '' };
  const next = requests.take(a, 'reach', taker);
  requests.giveBack(b, { ...taken, args: 'forged' });
  requests.giveBack(a, taken);
  expect(await next).toEqual(taken);
  requests.result(a, taken.id, 'A');
  expect(await answer).toBe('A');
});

it('what is given back when the topology is not active any more fails', async () => {
  const answer = call('reach');
  const taken = (await requests.take(a, 'reach', taker)) ?? { id: '', args: '' };
  serves(a, 'reach', 'INACTIVE');
  requests.giveBack(a, taken);
  expect(await answer).toContain('is not active');
});

it('who withdraws gets no request, and keeps what he took', async () => {
  const answers = [call('reach'), call('count')];
  const withdrawal = new AbortController();
  const leaving = { gone: here, withdrawn: withdrawal.signal };
  const taken = await requests.take(a, 'reach', leaving);
  const waiting = requests.take(a, 'reach', leaving);
  withdrawal.abort();
  expect(await waiting).toBeNull();
  expect(await requests.take(a, 'reach', leaving)).toBeNull();
  answers.push(call('reach'));
  const other = await requests.take(a, 'reach', taker);
  requests.result(a, taken?.id ?? '', 'first');
  requests.result(a, other?.id ?? '', 'second');
  expect(await Promise.all([answers[0], answers[2]])).toEqual(['first', 'second']);
});

it('a worker serves nothing that the list of users gives to somebody else', async () => {
  requests = allowing(AccessList.of({ reach: { 'invocation.user': 'somebody-else' } }, false));
  await expect(requests.take(a, 'reach', taker)).rejects.toThrow(
    'may not serve the function "reach"',
  );
});
