import { randomBytes } from 'node:crypto';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { componentId, StormConf, stormId } from '../storm-api/index.ts';
import { FramedClient, invocationMethods } from '../storm-api/thrift/index.ts';
import { DrpcAccess } from './access.ts';
import { systemClock } from './clock.ts';
import { DrpcClient } from './drpc-client.ts';
import { DrpcService } from './drpc-service.ts';
import { callerServer, invocationServer } from './thrift-servers.ts';

vi.setConfig({ testTimeout: 60_000 });

const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const loopback = { host: '127.0.0.1', port: 0 };
const limits = { requestsMax: 2000, functionRequestsMax: 2000, waitingLengthMax: 1 << 24 };

type Worker = FramedClient<typeof invocationMethods>;

let service: DrpcService;
let callers: AddressInfo;
let invocations: AddressInfo;
/** Process ids of the topology's workers. */
let workers: readonly number[];
const closers: (() => unknown)[] = [];

beforeEach(async () => {
  workers = [];
  const newId = () => randomBytes(16).toString('hex');
  service = new DrpcService({
    ...{ clock: systemClock, newId, timeoutMs: 600_000, limits, acceptsUnknown: true },
  });
  const access = new DrpcAccess({ list: null, workersOf: () => workers });
  const options = { service, access, logger, connectionsMax: 1500, frameBytesMax: 1 << 24 };
  const servers = [callerServer(options), invocationServer(options)] as const;
  callers = await servers[0].start(loopback);
  invocations = await servers[1].start(loopback);
  for (const server of servers) closers.push(() => server.stop());
});

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function caller(): Promise<DrpcClient> {
  const client = await DrpcClient.connect({ host: callers.address, port: callers.port });
  closers.push(() => client.close());
  return client;
}

async function worker(): Promise<Worker> {
  const client = await FramedClient.connect({
    ...{ host: invocations.address, port: invocations.port, timeoutMs: 0, serviceName: 'DRPC' },
    methods: invocationMethods,
    toError: ({ message }) => new Error(message),
  });
  closers.push(() => client.close());
  return client;
}

/** The next request, however often one has to ask. */
async function fetched(from: Worker, functionName = 'f') {
  for (;;) {
    const request = await from.call('fetchRequest', { functionName });
    if (request.request_id !== '') return request;
  }
}

function raw({ address, port }: AddressInfo): Socket {
  const socket = connect(port, address);
  socket.on('error', () => undefined);
  closers.push(() => socket.destroy());
  return socket;
}

it('brings requests to workers and results to callers, whatever characters they are of', async () => {
  const text = 'a\u0000b 😀 \u{10ffff}';
  const result = (await caller()).execute('f', text);
  const serving = await worker();
  const { request_id: id, func_args: args } = await fetched(serving);
  await serving.call('result', { id, result: `${args}!` });
  expect(await result).toBe(`${text}!`);
});

it('answers a fetch with an empty id when nothing waits', async () => {
  const request = await (await worker()).call('fetchRequest', { functionName: 'f' });
  expect(request).toEqual({ func_args: '', request_id: '' });
});

it('refuses arguments and results that are too long in words, and goes on', async () => {
  const serving = await worker();
  const client = await caller();
  const long = 'x'.repeat(1 << 24);
  await expect(client.execute('f', long)).rejects.toThrow(
    /^the message is 167772\d\d bytes long; at most 16777216 are accepted$/,
  );
  const result = client.execute('f', 'a');
  const { request_id: id } = await fetched(serving);
  await expect(serving.call('result', { id, result: long })).rejects.toThrow(/at most 16777216/);
  await serving.call('result', { id, result: 'short' });
  expect(await result).toBe('short');
});

it("tells a caller of a failure, in the topology's words if it has any", async () => {
  const serving = await worker();
  const first = (await caller()).execute('f', 'a');
  await serving.call('failRequest', { id: (await fetched(serving)).request_id });
  await expect(first).rejects.toThrow('Request failed');
  const second = (await caller()).execute('f', 'b');
  const { request_id: id } = await fetched(serving);
  await serving.call('failRequestV2', { id, e: { msg: 'no such page', type: 'FAILED_REQUEST' } });
  await expect(second).rejects.toThrow('no such page');
});

it('gives each of a thousand callers at a time his own answer', async () => {
  const clients = await Promise.all(Array.from({ length: 1000 }, caller));
  const results = Promise.all(clients.map((client, index) => client.execute('f', `${index}`)));
  const serving = await worker();
  for (let i = 0; i < clients.length; i++) {
    const { request_id: id, func_args: args } = await fetched(serving);
    await serving.call('result', { id, result: `${args}!` });
  }
  expect(await results).toEqual(clients.map((_, index) => `${index}!`));
});

it('does not hand out the request of a caller who has hung up', async () => {
  const leaving = await caller();
  const left = leaving.execute('f', 'left').catch(() => 'left');
  const serving = await worker();
  await untilSeen(serving);
  leaving.close();
  await left;
  await untilSeen(serving);
  const stays = (await caller()).execute('f', 'stays');
  const { request_id: id, func_args: args } = await fetched(serving);
  expect(args).toBe('stays');
  await serving.call('result', { id, result: 'stayed' });
  expect(await stays).toBe('stayed');
});

/** Returns when what was sent before has been seen: a whole request that came after it is over. */
async function untilSeen(serving: Worker): Promise<void> {
  const probe = (await caller()).execute('probe', '');
  const { request_id: id } = await fetched(serving, 'probe');
  await serving.call('result', { id, result: '' });
  await probe;
}

describe('an attacker', () => {
  it('who guesses ids answers nobody', async () => {
    const result = (await caller()).execute('f', 'a');
    const serving = await worker();
    const { request_id: id } = await fetched(serving);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    const forger = await worker();
    for (const guess of ['1', '0', '', id.slice(1), id.toUpperCase(), `${id} `]) {
      await forger.call('result', { id: guess, result: 'forged' });
      await forger.call('failRequest', { id: guess });
    }
    await serving.call('result', { id, result: 'A' });
    expect(await result).toBe('A');
  });

  it.each([
    ['garbage', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a length beyond every limit', Buffer.from('7fffffff', 'hex')],
    ['a frame that is no message', Buffer.from('00000004deadbeef', 'hex')],
  ])('who sends %s is hung up on, and the others are served', async (_, bytes) => {
    for (const address of [callers, invocations]) {
      const socket = raw(address);
      const closed = new Promise((resolve) => socket.resume().once('close', resolve));
      socket.write(bytes);
      await closed;
    }
    await untilSeen(await worker());
  });

  it('who begins many frames and ends none does not keep the others waiting', async () => {
    for (let i = 0; i < 200; i++) raw(i % 2 === 0 ? callers : invocations).write('\0\0');
    await untilSeen(await worker());
  });
});

describe('a function that a topology of ours serves', () => {
  const refused = 'only workers of t-1-1 may serve the function "bound"';

  beforeEach(() => {
    service.onTopology({
      ...{ id: stormId('t-1-1'), name: 't', status: 'ACTIVE', config: StormConf.empty },
      generation: 'storm-0.9',
      drpcSpouts: [{ component: componentId('s'), className: 'S', functions: ['bound'] }],
    });
  });

  it('is fetched and answered by its workers', async () => {
    workers = [process.ppid, process.pid];
    const answer = (await caller()).execute('bound', 'a');
    const from = await worker();
    const { request_id: id } = await fetched(from, 'bound');
    await from.call('result', { id, result: 'b' });
    expect(await answer).toBe('b');
  });

  it('is kept from everybody else', async () => {
    workers = [process.ppid];
    const from = await worker();
    await expect(from.call('fetchRequest', { functionName: 'bound' })).rejects.toThrow(refused);
  });

  it('is not answered by others either, even if they know the id', async () => {
    workers = [process.pid];
    const answer = (await caller()).execute('bound', 'a');
    const { request_id: id } = await fetched(await worker(), 'bound');
    workers = [process.ppid];
    const other = await worker();
    await expect(other.call('result', { id, result: 'forged' })).rejects.toThrow(refused);
    await expect(other.call('failRequest', { id })).rejects.toThrow(refused);
    workers = [process.pid];
    await (await worker()).call('result', { id, result: 'true' });
    expect(await answer).toBe('true');
  });
});
