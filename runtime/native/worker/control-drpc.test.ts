import { beforeEach, describe, expect, it } from 'vitest';
import { piecesOf, textLengthMax, type WorkerFrame } from '../../wire/index.ts';
import { ControlDrpc } from './control-drpc.ts';

const never = new AbortController().signal;

let drpc: ControlDrpc;
let sent: WorkerFrame[];
let isConnected: boolean;

beforeEach(() => {
  sent = [];
  isConnected = true;
  drpc = new ControlDrpc((frame) => {
    if (isConnected) sent.push(frame);
    return isConnected;
  });
});

function comes(id: string, args: string, name = 'f'): void {
  for (const { text, more } of piecesOf(args)) {
    drpc.onOrder({ type: 'drpc-request', function: name, id, args: text, more });
  }
}

const asked = () => sent.filter(({ type }) => type === 'drpc-fetch').length;

describe('a fetch', () => {
  it('has the next request of its function, each in its turn', async () => {
    const fetches = [drpc.fetch('f', never), drpc.fetch('g', never), drpc.fetch('f', never)];
    expect(asked()).toBe(3);
    comes('1', 'a');
    comes('2', 'b');
    comes('3', 'c', 'g');
    expect((await Promise.all(fetches)).map((each) => each?.args)).toEqual(['a', 'c', 'b']);
  });

  it('is asked for again over a new connection, once for everyone who still waits', async () => {
    const gone = new AbortController();
    const fetches = [drpc.fetch('f', gone.signal), drpc.fetch('f', never)];
    comes('1', 'a');
    isConnected = false;
    const late = drpc.fetch('f', never);
    isConnected = true;
    drpc.onWelcome();
    expect(asked()).toBe(4);
    comes('2', 'b');
    comes('3', 'c');
    const all = await Promise.all([...fetches, late]);
    expect(all.map((each) => each?.id)).toEqual(['1', '2', '3']);
  });

  it('that is given up leaves its turn to the next', async () => {
    const gone = new AbortController();
    const left = drpc.fetch('f', gone.signal);
    gone.abort();
    expect(await left).toBeNull();
    const next = drpc.fetch('f', never);
    expect(asked()).toBe(1);
    comes('1', 'a');
    expect((await next)?.args).toBe('a');
  });

  it('hears why control refuses it', async () => {
    const fetch = drpc.fetch('f', never);
    drpc.onOrder({ type: 'drpc-refused', function: 'f', reason: 'not yours' });
    await expect(fetch).rejects.toThrow('not yours');
  });
});

it('a request that nobody waits for any more fails, so that its caller need not wait', () => {
  const gone = new AbortController();
  void drpc.fetch('f', gone.signal);
  gone.abort();
  comes('1', 'a');
  expect(sent.at(-1)).toMatchObject({ type: 'drpc-fail', id: '1' });
});

it('a request that was cut short by the end of a connection spoils no later one', async () => {
  const [first] = piecesOf('x'.repeat(1024 * 1024));
  drpc.onOrder({
    type: 'drpc-request',
    function: 'f',
    id: '1',
    args: first?.text ?? '',
    more: true,
  });
  const fetch = drpc.fetch('f', never);
  drpc.onWelcome();
  comes('2', 'b');
  expect((await fetch)?.args).toBe('b');
});

it('nothing fails by the end of the worker itself, whose reason control tells', () => {
  drpc.onEnding();
  drpc.fail('1', 'the spout was closed');
  drpc.result('2', 'in time');
  expect(sent).toMatchObject([{ type: 'drpc-result', id: '2' }]);
});

it('a result that is too long fails with that reason', () => {
  drpc.result('1', 'x'.repeat(textLengthMax + 1));
  expect(sent).toEqual([
    {
      type: 'drpc-fail',
      id: '1',
      reason: 'the result has 16777217 UTF-16 units, more than the 16777216 that may cross',
    },
  ]);
});
