import { beforeEach, expect, it, vi } from 'vitest';
import {
  type DrpcRequest,
  type DrpcRequests,
  type StormId,
  stormId,
  type TakerSignals,
} from '../../../storm-api/index.ts';
import { type ControlFrame, piecesOf } from '../../wire/index.ts';
import { DrpcDesk } from './drpc-desk.ts';

/** A limit for a hang. */
const patience = { timeout: 20_000 };

const id = stormId('test-1-1');

/** Has a request for everybody who asks for `f`, and remembers who is lost and what is answered. */
class FewRequests implements DrpcRequests {
  readonly server = null;
  readonly heard: string[] = [];
  args = 'a';

  async take(topology: StormId, name: string, taker: TakerSignals): Promise<DrpcRequest | null> {
    if (name === 'idle') return this.#untilWithdrawn(taker);
    if (name !== 'f') throw new Error(`${topology} may not serve ${name}`);
    taker.gone.addEventListener('abort', () => this.heard.push('lost'));
    return { id: 'id-1', args: this.args };
  }

  #untilWithdrawn({ withdrawn }: TakerSignals): Promise<null> {
    return new Promise((resolve) => {
      withdrawn.addEventListener('abort', () => {
        this.heard.push('withdrawn');
        resolve(null);
      });
    });
  }

  giveBack(topology: StormId, { id: requestId, args }: DrpcRequest): void {
    this.heard.push(`${topology} ${requestId} returned ${args.length}`);
  }

  result(topology: StormId, requestId: string, result: string): void {
    this.heard.push(`${topology} ${requestId} ${result.length}`);
  }

  fail(topology: StormId, requestId: string, reason: string | null): void {
    this.heard.push(`${topology} ${requestId} ${reason}`);
  }
}

class Worker {
  readonly got: ControlFrame[] = [];

  send(frame: ControlFrame): void {
    this.got.push(frame);
  }
}

let requests: FewRequests;
let desk: DrpcDesk;
let worker: Worker;

beforeEach(() => {
  requests = new FewRequests();
  desk = new DrpcDesk(requests);
  worker = new Worker();
});

it('a fetch is answered with a request, however long it is', async () => {
  requests.args = 'x'.repeat(3 * 1024 * 1024);
  desk.onReport(id, worker, { type: 'drpc-fetch', function: 'f' });
  await vi.waitFor(() => expect(worker.got.length).toBe(piecesOf(requests.args).length), patience);
  const args = worker.got.map((frame) => (frame.type === 'drpc-request' ? frame.args : '?'));
  expect(args.join('') === requests.args).toBe(true);
});

it('a fetch of what the topology may not serve is refused with the reason', async () => {
  desk.onReport(id, worker, { type: 'drpc-fetch', function: 'g' });
  await vi.waitFor(() => expect(worker.got).toHaveLength(1), patience);
  const reason = 'test-1-1 may not serve g';
  expect(worker.got).toEqual([{ type: 'drpc-refused', function: 'g', reason }]);
});

it('results and failures are those of the topology that the worker belongs to', () => {
  for (const { text, more } of piecesOf('y'.repeat(1024 * 1024))) {
    desk.onReport(id, worker, { type: 'drpc-result', id: 'id-1', result: text, more });
  }
  desk.onReport(id, worker, { type: 'drpc-fail', id: 'id-2', reason: null });
  expect(requests.heard).toEqual(['test-1-1 id-1 1048576', 'test-1-1 id-2 null']);
});

it('what a connection was given is lost with it, and no other connection loses anything', async () => {
  const other = new Worker();
  desk.onReport(id, worker, { type: 'drpc-fetch', function: 'f' });
  desk.onReport(id, other, { type: 'drpc-fetch', function: 'f' });
  desk.onDisconnected(worker);
  expect(requests.heard).toEqual(['lost']);
});

it('what is given back belongs to the topology of the worker, however long it is', () => {
  for (const { text, more } of piecesOf('z'.repeat(1024 * 1024))) {
    desk.onReport(id, worker, { type: 'drpc-return', id: 'id-1', args: text, more });
  }
  expect(requests.heard).toEqual(['test-1-1 id-1 returned 1048576']);
});

it('who withdraws waits no more for the function, while later fetches do and what was taken stays', () => {
  desk.onReport(id, worker, { type: 'drpc-fetch', function: 'f' });
  desk.onReport(id, worker, { type: 'drpc-fetch', function: 'idle' });
  desk.onReport(id, worker, { type: 'drpc-withdraw', function: 'idle' });
  desk.onReport(id, worker, { type: 'drpc-fetch', function: 'idle' });
  expect(requests.heard).toEqual(['withdrawn']);
  desk.onDisconnected(worker);
  expect(requests.heard).toEqual(['withdrawn', 'withdrawn', 'lost']);
});
