// Goal: whatever dies under a request, its caller hears of it, and nobody waits for the timeout of 600 s.
// Method: a function that never answers what is ordered to be kept, and callers that wait for it.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DrpcClient } from '../../drpc/index.ts';
import type { DrpcFunctionSummary } from '../../storm-api/index.ts';
import { freePort, Gearstorm, jars, runCommand, waitFor } from '../harness/index.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });

let gearstorm: Gearstorm;
let clients: DrpcClient[];

beforeEach(async () => {
  clients = [];
  const config = {
    'supervisor.slots.ports': '[6700]',
    'drpc.port': await freePort(),
    'drpc.invocations.port': await freePort(),
  };
  gearstorm = await Gearstorm.start({ config });
  // Its message timeout is as long as that of requests: it fails no request by itself.
  await gearstorm.submit(jars.acme, 'acme.drpc.OrderTopology', 'order', 'orders', '1', '600');
  expect(await call('first')).toBe('first!');
});

afterEach(async () => {
  for (const client of clients) client.close();
  await gearstorm.stop();
});

/** What a caller hears in the end. */
async function call(args: string): Promise<string> {
  return heard(await connect(), args);
}

function heard(client: DrpcClient, args: string): Promise<string> {
  return client.execute('orders', args).catch((error: Error) => error.message);
}

async function connect(): Promise<DrpcClient> {
  const client = await DrpcClient.connect({ host: '127.0.0.1', port: gearstorm.drpcPort });
  clients.push(client);
  return client;
}

/** Calls that the topology has taken and does not answer; requests are taken in their order. */
async function keepCalls(count: number): Promise<{ readonly ends: Promise<readonly string[]> }> {
  const connected = await Promise.all(Array.from({ length: count }, connect));
  const ends = Promise.all(connected.map((client, index) => heard(client, `keep ${index}`)));
  expect(await call('after them')).toBe('after them!');
  return { ends };
}

it('a kill -9 of the worker fails what it had taken, and its successor serves', async () => {
  const kept = await keepCalls(10);
  const [pid] = await workers();
  process.kill(pid ?? 0, 'SIGKILL');
  for (const message of await kept.ends) {
    expect(message).toMatch(/worker that had taken the request is gone|killed by SIGKILL/);
  }
  expect(await call('again')).toBe('again!');
});

it('who hung up is not worked for; who waits is refused when the topology is deactivated', async () => {
  const noted = join(gearstorm.directory, 'noted');
  const [worker = 0] = await workers();
  const fetched = await standStill(worker);
  const leaver = await connect();
  const left = heard(leaver, `note ${noted} left`);
  await untilOpen(2);
  leaver.close();
  expect(await left).toMatch(/close/i);
  await untilOpen(1);
  process.kill(worker, 'SIGCONT');
  expect(await fetched.end).toBe('fetched!');
  await call(`note ${noted} stayed`);
  expect(await readFile(noted, 'utf8')).toBe('stayed\n');
  await deactivatedWithRequestsWaiting(worker);
});

async function deactivatedWithRequestsWaiting(worker: number): Promise<void> {
  const refusal = 'the topology order, which serves the function "orders", is not active';
  const fetched = await standStill(worker);
  const waiting = Promise.all([call('a'), call('b'), call('c')]);
  await untilOpen(4);
  await gearstorm.run('deactivate', 'order');
  expect([...(await waiting), await call('d')]).toEqual(Array(4).fill(refusal));
  process.kill(worker, 'SIGCONT');
  expect(['fetched!', refusal]).toContain(await fetched.end);
  await gearstorm.run('activate', 'order');
  expect(await call('e')).toBe('e!');
}

/** Stops the worker; it may have asked for one request before, which the first call gets then. */
async function standStill(worker: number): Promise<{ readonly end: Promise<string> }> {
  await stop(worker);
  const end = call('fetched');
  await untilOpen(1);
  return { end };
}

/** Its threads run on for as long as it takes one of them to hear of the signal. */
async function stop(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  await waitFor(`${pid} to stand still`, 10_000, async () => {
    const threads = await readdir(`/proc/${pid}/task`);
    const stats = threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/stat`, 'utf8'));
    return (await Promise.all(stats)).every((stat) => /\) T /.test(stat));
  });
}

it('a killed topology fails what it had taken, and then nobody serves the function', async () => {
  const kept = await keepCalls(3);
  const [worker = 0] = await workers();
  await stop(worker);
  const waiting = Promise.all([call('a'), call('b')]);
  await untilOpen(5);
  await gearstorm.killAndWait('order');
  for (const message of [...(await kept.ends), ...(await waiting)]) {
    expect(message).toMatch(/worker|was killed|no topology serves/);
  }
  expect(await call('a')).toContain('no topology serves the function "orders"');
});

it('a kill -9 of serve ends the calls, and its successor serves with the same worker', async () => {
  const kept = await keepCalls(3);
  const before = await workers();
  await gearstorm.crash();
  for (const message of await kept.ends) expect(message).toMatch(/closed|ECONNRESET|answer/i);
  await gearstorm.serve();
  // Storm's ReturnResults finds out by a failure that its connection is gone.
  await waitFor('an answer', 60_000, async () => (await call('again')) === 'again!');
  expect(await workers()).toEqual(before);
});

it('a serve that is stopped says so to who waits', async () => {
  const kept = await keepCalls(3);
  process.kill(gearstorm.servePid, 'SIGTERM');
  for (const message of await kept.ends) expect(message).toBe('the DRPC server shuts down');
});

function untilOpen(count: number): Promise<true> {
  return waitFor(`${count} open requests`, 30_000, async () => (await openRequests()) === count);
}

async function openRequests(): Promise<number> {
  const answer = await fetch(`${gearstorm.uiUrl}/api/gearstorm/drpc`);
  const { functions } = (await answer.json()) as {
    readonly functions: readonly DrpcFunctionSummary[];
  };
  const { waiting = 0, inFlight = 0 } = functions[0] ?? {};
  return waiting + inFlight;
}

async function workers(): Promise<readonly number[]> {
  return waitFor('the worker', 30_000, async () => {
    const found: number[] = [];
    for (const pid of await gearstorm.otherProcesses()) {
      const { stdout } = await runCommand('ps', ['-o', 'args=', '-p', String(pid)]);
      if (stdout.includes('gearstorm.host.Main worker')) found.push(pid);
    }
    return found.length > 0 && found;
  });
}
