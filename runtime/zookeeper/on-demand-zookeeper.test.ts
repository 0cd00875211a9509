import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Clock, sleep, systemClock } from '../clock.ts';
import { findMarked, killMarked } from '../hosts/index.ts';
import type { Logger } from '../logger.ts';
import { OnDemandZooKeeper } from './on-demand-zookeeper.ts';

/** What a client says first, as far as its head goes: 44 bytes follow, of protocol version 0. */
const hello = Buffer.concat([Buffer.from([0, 0, 0, 44]), Buffer.alloc(44)]);

/**
 * Stands for ZooKeeper: says that it serves, and from which port at "from" it was asked; else it
 * says back what it hears, and ends at "end".
 */
const echo = `
  require('node:net').createServer((socket) => {
    socket.on('data', (chunk) => {
      if (chunk.includes('end')) process.exit(0);
      if (String(chunk) === 'from') socket.end(String(socket.remotePort));
      else if (String(chunk) === 'srvr') socket.end('Zookeeper version: none');
      else socket.write(chunk);
    });
    socket.on('error', () => {});
  }).listen({ host: process.argv[1], port: Number(process.argv[2]) });`;

const logger: Logger = {
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => logger,
};

let folder: string;
let opened: OnDemandZooKeeper[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-zookeeper-'));
  opened = [];
});

afterEach(async () => {
  for (const zooKeeper of opened) await zooKeeper.close({ keep: false });
  killMarked(folder);
  rmSync(folder, { recursive: true, force: true });
});

async function open(ports: readonly number[] = [0], script = echo): Promise<OnDemandZooKeeper> {
  const clock: Clock = systemClock;
  const zooKeeper = await OnDemandZooKeeper.open({
    ...{ folder, marker: folder, ports, clock, logger },
    command: (_, { host, port }) => ({
      program: process.execPath,
      args: ['-e', script, host, String(port)],
      environment: new Map(),
    }),
  });
  opened.push(zooKeeper);
  return zooKeeper;
}

/** Everything that comes back until as much as was said is there, or the end. */
function exchange(zooKeeper: OnDemandZooKeeper, said: Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    let heard = Buffer.alloc(0);
    const socket: Socket = connect(zooKeeper.address, () => socket.write(said));
    socket.on('data', (chunk) => {
      heard = Buffer.concat([heard, chunk]);
      if (heard.length >= said.length) socket.destroy();
    });
    socket.on('error', () => {}).on('close', () => resolve(heard));
  });
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(systemClock, 20);
}

it('starts for the first client, which loses nothing of what it said', async () => {
  const zooKeeper = await open();
  expect(findMarked(folder)).toBeNull();
  expect(await exchange(zooKeeper, hello)).toEqual(hello);
  expect(findMarked(folder)).not.toBeNull();
});

it('lets a client in that is slow to say what it is', async () => {
  const zooKeeper = await open();
  const slow = connect(zooKeeper.address);
  await new Promise((resolve) => slow.once('connect', resolve));
  await exchange(zooKeeper, hello);
  const heard = new Promise<Buffer>((resolve) => slow.once('data', resolve));
  slow.write(hello);
  expect(await heard).toEqual(hello);
  slow.destroy();
});

it('does not start for programs that are no clients of ZooKeeper', async () => {
  const zooKeeper = await open();
  const said = ['GET / HTTP/1.1\r\n\r\n', 'ruok\n\n\n\n', '\x16\x03\x01\x02\x00\x01\x00\x01'];
  for (const text of said) {
    expect((await exchange(zooKeeper, Buffer.from(text, 'latin1'))).length).toBe(0);
  }
  expect(findMarked(folder)).toBeNull();
});

it('is started once before anybody connects, who then talks to it with nobody in between', async () => {
  const zooKeeper = await open();
  await Promise.all([zooKeeper.start(), zooKeeper.start()]);
  const started = findMarked(folder);
  await zooKeeper.start();
  expect(findMarked(folder)).toEqual(started);
  const asked = connect(zooKeeper.address, () => asked.write('from'));
  const port = new Promise<number>((resolve) => {
    asked.once('connect', () => resolve(asked.localPort ?? 0));
  });
  const heard = new Promise<Buffer>((resolve) => asked.once('data', resolve));
  expect(Number(await heard)).toBe(await port);
});

it('has the same port in the next run', async () => {
  const first = await open();
  await first.close({ keep: false });
  const second = await open();
  expect(second.address).toEqual(first.address);
});

it('finds the server that a former run has left', async () => {
  const first = await open();
  await exchange(first, hello);
  const left = findMarked(folder);
  await first.close({ keep: true });
  const second = await open();
  expect(await exchange(second, hello)).toEqual(hello);
  expect(findMarked(folder)).toEqual(left);
  await second.close({ keep: false });
  await until(() => findMarked(folder) === null);
});

it('starts again for who comes after it ended', async () => {
  const zooKeeper = await open();
  await exchange(zooKeeper, hello);
  const first = findMarked(folder);
  await exchange(zooKeeper, Buffer.from('end'));
  await until(async () => (await exchange(zooKeeper, hello)).equals(hello));
  expect(findMarked(folder)).not.toEqual(first);
});

it('hangs up on clients when it does not start, and waits for the next one', async () => {
  const zooKeeper = await open([0], 'console.error("no memory"); process.exit(2)');
  expect((await exchange(zooKeeper, hello)).length).toBe(0);
  await until(async () => (await exchange(zooKeeper, hello)).length === 0);
  expect(readFileSync(join(folder, 'zookeeper.out'), 'utf8')).toContain('no memory');
});

it('says which setting to change when its port is taken', async () => {
  const first = await open();
  const { port } = first.address;
  rmSync(join(folder, 'port'));
  await expect(open([port])).rejects.toThrow(/gearstorm\.zookeeper\.port/);
});
