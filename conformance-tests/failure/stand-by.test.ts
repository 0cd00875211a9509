// Goal: of two serves on one directory and one Redis, the second takes over when the first is
// killed or hangs, with the workers and everything that was accepted.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Gearstorm, waitFor } from '../harness/index.ts';
import { Delivery } from './delivery.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

let folder: string;
let redis: ChildProcess;
let first: Gearstorm;
let second: Gearstorm;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gearstorm-redis-'));
  const socket = join(folder, 'redis.sock');
  const options = ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', folder];
  redis = spawn('redis-server', options, { stdio: 'ignore' });
  await waitFor('Redis', 30_000, () => answers(socket));
  const config = { 'gearstorm.store': 'redis', 'gearstorm.redis.url': socket };
  first = await Gearstorm.start({ config });
  second = await Gearstorm.prepare({
    config: { ...config, 'storm.local.dir': first.localDirectory },
  });
});

afterEach(async () => {
  await second.stop();
  await first.stop();
  const ended = once(redis, 'exit');
  redis.kill('SIGKILL');
  await ended;
  await rm(folder, { recursive: true });
});

it('takes over from a serve that was killed, and adopts its workers', async () => {
  const delivery = await Delivery.start(first, { name: 'handed-on', words: ['rate=100'] });
  const workers = await delivery.workers();
  const ready = second.serve();
  await waitFor('the second to stand by', 60_000, async () => {
    return (await second.serveLog().catch(() => '')).includes('standing by');
  });
  await first.crash();
  await ready;
  expect(await second.list()).toMatchObject([{ name: 'handed-on', status: 'ACTIVE' }]);
  await delivery.progress(100);
  expect(await delivery.workers()).toEqual(workers);
  await delivery.finish();
  expect(delivery.judge.problems).toEqual([]);
  await second.killAndWait('handed-on');
});

it('takes over from a serve that hangs, which ends when it wakes up and changes nothing', async () => {
  const delivery = await Delivery.start(first, { name: 'handed-on', words: ['rate=100'] });
  const workers = await delivery.workers();
  const ready = second.serve();
  await waitFor('the second to stand by', 60_000, async () => {
    return (await second.serveLog().catch(() => '')).includes('standing by');
  });
  process.kill(first.servePid, 'SIGSTOP');
  await ready;
  expect(await second.serveLog()).toContain('the serve that led hangs');
  await delivery.progress(100);
  expect(await delivery.workers()).toEqual(workers);
  process.kill(first.servePid, 'SIGCONT');
  await waitFor('the first to notice', 60_000, async () => {
    return (await first.serveLog()).includes('another control plane has taken over');
  });
  expect(await second.list()).toMatchObject([{ name: 'handed-on', status: 'ACTIVE' }]);
  await delivery.finish();
  expect(await delivery.workers()).toEqual(workers);
  expect(delivery.judge.problems).toEqual([]);
  await second.killAndWait('handed-on');
});

async function answers(socket: string): Promise<boolean> {
  const client = new Redis(socket, { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => {}); // it is not there yet
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}
