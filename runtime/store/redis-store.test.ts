import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StoreUnavailableError } from './errors.ts';
import { metadataStoreContract } from './metadata-store.contract.ts';
import { RedisStore } from './redis-store.ts';

let directory: string;
let socket: string;
let server: ChildProcess;
let admin: Redis;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'redis-store-'));
  socket = join(directory, 'redis.sock');
  server = await startRedis();
  admin = new Redis(socket);
  admin.on('error', () => {}); // it reconnects
});

afterAll(async () => {
  admin?.disconnect();
  if (server !== undefined) await stop(server);
  await rm(directory, { recursive: true });
});

/** A server without persistence that listens on a Unix socket only. */
async function startRedis(): Promise<ChildProcess> {
  const options = ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', [...options, '--dir', directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    let output = '';
    child.on('error', (cause) => {
      reject(new Error('these tests need redis-server: apt-get install redis-server', { cause }));
    });
    child.on('exit', () => reject(new Error(`redis-server ended:\n${output}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('ready to accept connections')) resolve();
    });
  });
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

function openStore(keyPrefix: string): Promise<RedisStore> {
  return RedisStore.open({ url: socket, keyPrefix, onConnectionError: () => {} });
}

let prefixes = 0;
metadataStoreContract('RedisStore', async () => {
  prefixes += 1;
  const prefix = `test${prefixes}`;
  const [first, second] = [await openStore(prefix), await openStore(prefix)];
  return {
    first,
    second,
    async expireLease() {
      await admin.pexpire(`{${prefix}}:lease`, 0);
    },
    async tearDown() {
      await first.close();
      await second.close();
    },
  };
});

it('stores with different prefixes do not meet', async () => {
  const [mine, yours] = [await openStore('mine'), await openStore('yours')];
  await mine.put((await mine.claim('a', 60_000)) ?? 0, 'k', 'v');
  expect(await yours.get('k')).toBeNull();
  expect(await yours.claim('b', 60_000)).toBe(1);
  await mine.close();
  await yours.close();
});

it('a lease ends by itself', async () => {
  const store = await openStore('lease');
  await store.claim('a', 60_000);
  expect(await admin.pttl('{lease}:lease')).toBeGreaterThan(30_000);
  await store.close();
});

it('goes on after a lost connection', async () => {
  const store = await openStore('reconnect');
  const epoch = (await store.claim('a', 60_000)) ?? 0;
  await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  await store.put(epoch, 'k', 'v');
  expect(await store.get('k')).toBe('v');
  await store.close();
});

it('says that Redis does not answer, without its address', async () => {
  const url = `redis://:hidden@127.0.0.1:1/0`;
  const attempt = RedisStore.open({ url, keyPrefix: 'x', onConnectionError: () => {} });
  await expect(attempt).rejects.toThrow(StoreUnavailableError);
  await expect(attempt).rejects.not.toThrow(/hidden/);
});

it('fails requests when Redis stays away, and goes on when it is back', async () => {
  const store = await openStore('away');
  await stop(server);
  await expect(store.get('k')).rejects.toThrow(StoreUnavailableError);
  server = await startRedis();
  await expect.poll(() => store.get('k').catch(() => 'away'), { timeout: 10_000 }).toBeNull();
  await store.close();
}, 20_000);
