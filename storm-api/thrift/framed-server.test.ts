import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ByteBudget, FrameAssembler } from './frame-assembler.ts';
import { defaultServerLimits, FramedServer, type MessageHandler } from './framed-server.ts';

const loopback = { host: '127.0.0.1', port: 0 };
const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function serve(handle: MessageHandler): Promise<AddressInfo> {
  const server = new FramedServer(handle, logger, defaultServerLimits);
  closers.push(() => server.stop());
  return server.start(loopback);
}

function open({ address, port }: AddressInfo): Socket {
  const socket = connect(port, address);
  socket.on('error', () => undefined);
  closers.push(() => socket.destroy());
  return socket;
}

function framed(text: string): Buffer {
  const bytes = Buffer.from(`0000${text}`);
  bytes.writeInt32BE(text.length);
  return bytes;
}

async function replies(socket: Socket, count: number): Promise<readonly string[]> {
  const budget = new ByteBudget(0);
  const frames = new FrameAssembler({ frameBytesMax: 1000, freeBytes: 1 << 20 }, budget);
  const found: string[] = [];
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    frames.push(chunk);
    for (let frame = frames.next(); frame !== null; frame = frames.next()) {
      found.push(frame.toString());
    }
    if (found.length === count) break;
  }
  return found;
}

describe('framed server', () => {
  it('answers what a client sent in one go, in its order, one after the other', async () => {
    let running = 0;
    const address = await serve(async (message) => {
      expect(running).toBe(0);
      running += 1;
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return framed(`re: ${message.toString()}`);
    });
    const socket = open(address);
    const calls = Array.from({ length: 100 }, (_, index) => `call ${index}`);
    socket.write(Buffer.concat(calls.map(framed)));
    expect(await replies(socket, 100)).toEqual(calls.map((call) => `re: ${call}`));
  });

  it('answers one client while another waits', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const address = await serve(async (message) => {
      if (message.toString() === 'slow') await gate;
      return framed(message.toString());
    });
    const [slow, quick] = [open(address), open(address)];
    slow.write(framed('slow'));
    quick.write(framed('quick'));
    expect(await replies(quick, 1)).toEqual(['quick']);
    release();
    expect(await replies(slow, 1)).toEqual(['slow']);
  });

  it('says that its port is in use', async () => {
    const { port } = await serve(async (message) => message);
    const second = new FramedServer(async (message) => message, logger, defaultServerLimits);
    await expect(second.start({ ...loopback, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await second.stop();
  });

  it('ends open connections when it stops, called or not', async () => {
    let called = (): void => undefined;
    const inside = new Promise<void>((resolve) => {
      called = resolve;
    });
    const server = new FramedServer(
      () => {
        called();
        return new Promise(() => undefined);
      },
      logger,
      defaultServerLimits,
    );
    const address = await server.start(loopback);
    const [idle, waiting] = [open(address), open(address)];
    waiting.write(framed('never answered'));
    await inside;
    const ends = [idle, waiting].map(
      (socket) => new Promise((resolve) => socket.resume().once('close', resolve)),
    );
    await server.stop();
    await Promise.all(ends);
  });
});

describe('framed server and a client that goes away', () => {
  it('tells who answers that the client has hung up', async () => {
    let asked = (_: AbortSignal): void => undefined;
    const inside = new Promise<AbortSignal>((resolve) => {
      asked = resolve;
    });
    const address = await serve((_, { hungUp }) => {
      asked(hungUp);
      return new Promise(() => undefined);
    });
    const socket = open(address);
    socket.write(framed('never answered'));
    const hungUp = await inside;
    expect(hungUp.aborted).toBe(false);
    const told = new Promise((resolve) => hungUp.addEventListener('abort', resolve));
    socket.destroy();
    await told;
  });

  it('does what is put off when the reply is on its way, with the bytes of the call', async () => {
    const seen: string[] = [];
    const address = await serve(async (message, { afterReply }) => {
      afterReply(() => seen.push(message.toString()));
      return framed(String(seen.length));
    });
    const socket = open(address);
    // Large enough to be put together from pieces, so that their memory is used again.
    const calls = ['a', 'b', 'c'].map((letter) => letter.repeat(300_000));
    socket.write(Buffer.concat(calls.map(framed)));
    expect(await replies(socket, 3)).toEqual(['0', '1', '2']);
    expect(seen).toEqual(calls);
  });

  it('still answers a client that sends no more', async () => {
    const address = await serve(async (message) => {
      await new Promise((resolve) => setImmediate(resolve));
      return framed(message.toString());
    });
    const socket = open(address);
    socket.end(Buffer.concat(['one', 'two'].map(framed)));
    expect(await replies(socket, 2)).toEqual(['one', 'two']);
  });
});
