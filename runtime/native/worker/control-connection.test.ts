import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Clock } from '../../clock.ts';
import { ControlConnection } from './control-connection.ts';
import { Lease } from './lease.ts';

/** A limit for a hang. */
const patience = { timeout: 20_000 };

/** Seconds are milliseconds. */
const clock: Clock = {
  now: () => 1000 * performance.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs / 1000);
    return () => clearTimeout(timer);
  },
};
const hello = {
  type: 'hello',
  wireVersion: 4,
  token: 't',
  stormId: 's',
  workerIndex: 0,
  pid: 1,
  epoch: 1,
  state: 'running',
} as const;

let folder: string;
let socketFile: string;
let connection: ControlConnection;
const servers: Server[] = [];
const sockets: Socket[] = [];
/** By the control planes, each line behind its name. */
const heard: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-native-'));
  socketFile = join(folder, 'control.sock');
  const listener = {
    onWelcome: () => {},
    onOrder: () => {},
    onDisconnect: () => {},
    onDismissed: () => {},
  };
  const lease = new Lease(1, 3600, clock);
  connection = new ControlConnection({ socketFile, hello: () => hello, lease, listener, clock });
});

afterEach(() => {
  connection.close();
  heard.length = 0;
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Takes the place of who listens. */
async function control(name: string): Promise<void> {
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('data', (line) => heard.push(`${name}: ${line}`));
  });
  servers.push(server);
  server.listen(join(folder, name));
  await once(server, 'listening');
  renameSync(join(folder, name), socketFile);
}

it('goes over to the control plane that listens now, though the one before says no word', async () => {
  await control('hanging');
  connection.start();
  await vi.waitFor(() => expect(heard).toHaveLength(1), patience);
  const [socket] = sockets;
  const left = once(socket as Socket, 'close');
  await control('next');
  await left;
  await vi.waitFor(() => expect(heard).toHaveLength(2), patience);
  const line = JSON.stringify(hello);
  expect(heard).toEqual([`hanging: ${line}\n`, `next: ${line}\n`]);
});
