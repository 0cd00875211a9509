import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { lineBytesMax } from '../../wire/index.ts';
import { ControlServer, type WorkerReport } from './control-server.ts';
import { QuickClock, silentLogger } from './embedded-engine.fixture.ts';

/** A limit for a hang. */
const patience = { timeout: 20_000 };

const hello = {
  type: 'hello',
  wireVersion: 4,
  token: 'known',
  stormId: 's',
  workerIndex: 0,
  pid: 7,
  epoch: 1,
  state: 'starting',
};

let folder: string;
let socketFile: string;
let server: ControlServer;
let heard: WorkerReport[];
let closes: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-control-'));
  socketFile = join(folder, 'control.sock');
  heard = [];
  closes = 0;
  server = newServer(false);
  await server.start();
});

function newServer(replaces: boolean): ControlServer {
  return new ControlServer({
    ...{ socketFile, replaces },
    clock: new QuickClock(),
    logger: silentLogger,
    reception: (frame, connection) => {
      if (frame.token !== 'known') return { refusal: 'unknown' };
      connection.send({ type: 'welcome', epoch: 1 });
      return { onFrame: (report) => heard.push(report), onClose: () => closes++ };
    },
  });
}

afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Sends everything, then resolves with what came until the other end closed. */
async function talk(...parts: readonly (string | Buffer)[]): Promise<string> {
  const socket = connect(socketFile);
  for (const part of parts) socket.write(part);
  return untilClosed(socket);
}

function untilClosed(socket: Socket): Promise<string> {
  let received = '';
  return new Promise((resolve) => {
    socket.on('data', (chunk) => {
      received += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(received));
  });
}

async function serverLives(): Promise<void> {
  const socket = connect(socketFile);
  socket.write(`${JSON.stringify(hello)}\n`);
  const answer = await new Promise((resolve) => socket.once('data', (data) => resolve(`${data}`)));
  expect(answer).toBe('{"type":"welcome","epoch":1}\n');
  socket.destroy();
}

it('lets a known worker in and hears it', async () => {
  const socket = connect(socketFile);
  socket.write(`${JSON.stringify(hello)}\n{"type":"running"}\n{"type":"news"}\n`);
  await vi.waitFor(() => expect(heard).toEqual([{ type: 'running' }]), patience);
  socket.destroy();
  await vi.waitFor(() => expect(closes).toBe(1), patience);
});

it('only its owner may connect', () => {
  expect(statSync(socketFile).mode & 0o777).toBe(0o600);
});

it('refuses a worker it does not know and hangs up', async () => {
  const answer = await talk(`${JSON.stringify({ ...hello, token: 'strange' })}\n`);
  expect(JSON.parse(answer)).toEqual({ type: 'refused', reason: 'unknown' });
});

it('refuses another wire version', async () => {
  const answer = await talk(`${JSON.stringify({ ...hello, wireVersion: 1 })}\n`);
  expect(JSON.parse(answer)).toEqual({
    type: 'refused',
    reason: 'control speaks wire version 4, not 1',
  });
});

it.each([
  ['garbage', 'GET / HTTP/1.1\r\n\r\n'],
  ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x0a])],
  ['a line without end', Buffer.alloc(lineBytesMax + 1, 0x61)],
  ['a frame before hello', '{"type":"running"}\n'],
  ['two hellos', `${JSON.stringify(hello)}\n${JSON.stringify(hello)}\n`],
  ['a broken frame after hello', `${JSON.stringify(hello)}\n{"type":"stats"}\n`],
])('hangs up on %s and serves the next', async (_, bytes) => {
  await talk(bytes);
  await serverLives();
});

it('hangs up on who says nothing', async () => {
  expect(await talk()).toBe('');
});

it('refuses where another listens, unless that one hangs, whose end then takes nothing away', async () => {
  await expect(newServer(false).start()).rejects.toThrow('another gearstorm serve uses this');
  const hanging = server;
  server = newServer(true);
  await server.start();
  await hanging.stop();
  await serverLives();
  await server.stop();
  expect(readdirSync(folder)).toEqual([]);
});
