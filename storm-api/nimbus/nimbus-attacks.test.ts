import { once } from 'node:events';
import type { Socket } from 'node:net';
import { TBinaryProtocol, TFramedTransport, Thrift } from 'thrift';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { InvalidTopologyError } from '../errors.ts';
import { ThriftApplicationError } from '../thrift/errors.ts';
import type { ServerLimits } from '../thrift/framed-server.ts';
import { NimbusFixture, wordCountStructure } from './nimbus.fixture.ts';

// What strangers may send to the Nimbus port. After every attack the next client must be answered.

let nimbus: NimbusFixture;
const megabyte = 1024 * 1024;

afterEach(() => nimbus.stop());

async function start(limits: Partial<ServerLimits> = {}): Promise<void> {
  nimbus = await NimbusFixture.start({ limits });
}

async function expectAlive(): Promise<void> {
  const client = await nimbus.client();
  expect((await client.call('getClusterInfo', {})).topologies).toEqual([]);
  client.close();
}

/** Not events.once, which rejects when the connection is reset rather than ended. */
function closed(socket: Socket): Promise<void> {
  if (socket.closed) return Promise.resolve();
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

async function sent(bytes: Buffer | string): Promise<Socket> {
  const socket = nimbus.raw();
  await once(socket, 'connect');
  socket.resume();
  await new Promise((resolve) => socket.write(bytes, resolve));
  return socket;
}

function frame(body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return Buffer.concat([length, body]);
}

function frameLength(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(length);
  return bytes;
}

/** A framed call whose arguments are written by npm thrift's own protocol object. */
function call(
  method: string,
  writeArguments: (protocol: TBinaryProtocol) => void,
  type = Thrift.MessageType.CALL,
): Buffer {
  let framed = Buffer.alloc(0);
  const transport = new TFramedTransport(undefined, (bytes) => {
    framed = Buffer.from(bytes ?? []);
  });
  const protocol = new TBinaryProtocol(transport);
  protocol.writeMessageBegin(method, type, 1);
  writeArguments(protocol);
  protocol.writeFieldStop();
  protocol.flush();
  return framed;
}

/** The TApplicationException that answers the bytes. */
async function refusal(
  bytes: Buffer,
): Promise<{ readonly code: number; readonly message: string }> {
  const socket = nimbus.raw();
  socket.write(bytes);
  const [reply] = (await once(socket, 'data')) as [Buffer];
  const protocol = new TBinaryProtocol(new TFramedTransport(reply.subarray(4)));
  expect(protocol.readMessageBegin().mtype).toBe(Thrift.MessageType.EXCEPTION);
  const exception = new Thrift.TApplicationException();
  exception.read(protocol);
  // npm thrift keeps the code in `type`; its typings say otherwise.
  return { code: Reflect.get(exception, 'type'), message: exception.message };
}

describe('bytes that are not frames', () => {
  it.each([
    ['a frame of 2 GB', frameLength(0x7fffffff)],
    ['a negative length', frameLength(-1)],
    ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\nHost: nimbus\r\n\r\n')],
    ['a TLS hello', Buffer.from('16030100c8010000c40303', 'hex')],
    ['a frame of garbage', frame(Buffer.from('hello, is there anybody in there'))],
    ['an empty frame', frame(Buffer.alloc(0))],
    ['a serialized Java object', Buffer.from('aced0005737200116a6176612e7574696c', 'hex')],
    ['one in a frame', frame(Buffer.from('aced0005737200116a6176612e7574696c', 'hex'))],
  ])('closes the connection on %s', async (_, bytes) => {
    await start();
    await closed(await sent(bytes));
    await expectAlive();
  });

  it('logs a flood of them as one line', async () => {
    await start();
    for (let count = 0; count < 20; count++) await closed(await sent(frameLength(-1)));
    expect(nimbus.logger.lines).toEqual(['closed thrift connections']);
  });

  it('survives a reset in the middle of a frame', async () => {
    await start();
    const socket = await sent(Buffer.concat([frameLength(1000), Buffer.alloc(100)]));
    socket.resetAndDestroy();
    await closed(socket);
    await expectAlive();
  });

  it('survives a client that leaves before its answer', async () => {
    await start();
    (await sent(call('getClusterInfo', () => undefined))).destroy();
    await expectAlive();
  });
});

describe('connections that cost more than they give', () => {
  it('closes one whose frame never ends, however it drips', async () => {
    await start({ frameTimeoutMs: 200 });
    const socket = await sent(frameLength(1000));
    const drip = setInterval(() => socket.write('x'), 20);
    await closed(socket);
    clearInterval(drip);
    await expectAlive();
  });

  it('closes one that asks nothing', async () => {
    await start({ idleTimeoutMs: 1000 });
    await closed(await sent(''));
    await expectAlive();
  });

  it('lets the quietest connection make room for a new one', async () => {
    await start({ connectionsMax: 3 });
    const silent = await Promise.all([sent(''), sent(frameLength(9)), sent('')]);
    await expectAlive();
    await Promise.race(silent.map(closed));
    expect(silent.filter((socket) => socket.closed)).toHaveLength(1);
  });

  it('holds bounded memory for 30 frames of 16 MB that never end', async () => {
    await start();
    const before = process.memoryUsage().arrayBuffers;
    const part = Buffer.concat([frameLength(16 * megabyte), Buffer.alloc(15 * megabyte)]);
    const sockets = await Promise.all(Array.from({ length: 30 }, () => sent(part)));
    // 64 MB are shared and one is free to each: about five of them fit.
    await vi.waitFor(
      () => expect(sockets.filter((socket) => socket.closed).length).toBeGreaterThan(20),
      30_000,
    );
    await expectAlive();
    const heldMegabytes = (process.memoryUsage().arrayBuffers - before) / megabyte;
    expect(heldMegabytes).toBeLessThan(400);
  });
});

describe('frames that are not calls of ours', () => {
  it('answers an unknown method', async () => {
    await start();
    const exception = await refusal(call('createStateInZookeeper', () => undefined));
    expect(exception.code).toBe(Thrift.TApplicationExceptionType.UNKNOWN_METHOD);
    expect(exception.message).toContain('createStateInZookeeper');
    await expectAlive();
  });

  it('does not take a name of Object for a method', async () => {
    await start();
    for (const name of ['constructor', '__proto__', 'toString', '']) {
      const exception = await refusal(call(name, () => undefined));
      expect(exception.code).toBe(Thrift.TApplicationExceptionType.UNKNOWN_METHOD);
    }
  });

  it('refuses a oneway call, for nothing here is oneway', async () => {
    await start();
    const oneway = call('getClusterInfo', () => undefined, Thrift.MessageType.ONEWAY);
    expect((await refusal(oneway)).code).toBe(Thrift.TApplicationExceptionType.UNKNOWN_METHOD);
  });

  it('refuses a call without its arguments and serves the next one', async () => {
    await start();
    const exception = await refusal(call('uploadChunk', () => undefined));
    expect(exception.code).toBe(Thrift.TApplicationExceptionType.PROTOCOL_ERROR);
    expect(exception.message).toContain('location');
    await expectAlive();
  });

  it('answers the calls of one connection in their order', async () => {
    await start();
    const client = await nimbus.client();
    const location = await client.call('beginFileUpload', {});
    const chunk = Buffer.alloc(1000);
    // The client checks that each answer is the one to its call.
    for (let count = 0; count < 50; count++) await client.call('uploadChunk', { location, chunk });
    await client.call('finishFileUpload', { location });
  });
});

describe('arguments that lie about themselves', () => {
  it.each([
    [
      'a list that claims 2^31-1 elements',
      (protocol: TBinaryProtocol) => {
        protocol.writeFieldBegin('?', Thrift.Type.LIST, 77);
        protocol.writeListBegin(Thrift.Type.BOOL, 0x7fffffff);
      },
    ],
    [
      'a map of a negative size',
      (protocol: TBinaryProtocol) => {
        protocol.writeFieldBegin('?', Thrift.Type.MAP, 77);
        protocol.writeMapBegin(Thrift.Type.STRING, Thrift.Type.STRUCT, -5);
      },
    ],
    [
      'structs 100,000 deep',
      (protocol: TBinaryProtocol) => {
        for (let depth = 0; depth < 100_000; depth++) {
          protocol.writeFieldBegin('?', Thrift.Type.STRUCT, 77);
        }
      },
    ],
    [
      'lists 100,000 deep',
      (protocol: TBinaryProtocol) => {
        protocol.writeFieldBegin('?', Thrift.Type.LIST, 77);
        for (let depth = 0; depth < 100_000; depth++) {
          protocol.writeListBegin(Thrift.Type.LIST, 1);
        }
      },
    ],
    [
      'a string of a negative length',
      (protocol: TBinaryProtocol) => {
        protocol.writeFieldBegin('name', Thrift.Type.STRING, 1);
        protocol.writeI32(-2);
      },
    ],
    [
      'a field of a type that does not exist',
      (protocol: TBinaryProtocol) => protocol.writeFieldBegin('?', 99 as Thrift.Type, 77),
    ],
  ])('refuses %s', async (_, write) => {
    await start();
    const exception = await refusal(call('killTopology', write));
    expect(exception.code).toBe(Thrift.TApplicationExceptionType.PROTOCOL_ERROR);
    await expectAlive();
  });
});

const submission = { uploadedJarLocation: '', jsonConf: '{}', topology: wordCountStructure() };

describe('names that are not for paths', () => {
  it.each([
    '',
    '   ',
    '../x',
    'a/b',
    'a.b',
    'a:b',
    'a\\b',
    'a\nb',
    'a\u0000b',
    'x'.repeat(65_536),
    'ä'.repeat(101),
  ])('refuses the topology name %j', async (name) => {
    await start();
    const client = await nimbus.client();
    await expect(client.call('submitTopology', { name, ...submission })).rejects.toThrow(
      InvalidTopologyError,
    );
    expect(nimbus.service.submissions).toEqual([]);
  });

  it.each(['a;b', '$(reboot)', 'größe-词', "it's", '__proto__'])(
    'takes the topology name %j as the plain text that it is',
    async (name) => {
      await start();
      const client = await nimbus.client();
      await client.call('submitTopology', { name, ...submission });
      expect(nimbus.service.submissions[0]?.topology.name).toBe(name);
    },
  );
});

describe('places that are not for clients', () => {
  it.each(['/etc/passwd', '../../etc/passwd', 'stormjar-0.jar', '__proto__'])(
    'takes no jar from %s',
    async (location) => {
      await start();
      const client = await nimbus.client();
      const call = client.call('submitTopology', {
        ...submission,
        name: 'words',
        uploadedJarLocation: location,
      });
      await expect(call).rejects.toThrow(InvalidTopologyError);
      expect(nimbus.service.submissions).toEqual([]);
    },
  );

  it('takes no jar whose upload is not finished', async () => {
    await start();
    const client = await nimbus.client();
    const location = await client.call('beginFileUpload', {});
    await expect(
      client.call('submitTopology', {
        ...submission,
        name: 'words',
        uploadedJarLocation: location,
      }),
    ).rejects.toThrow(/not a finished upload/);
  });

  it.each(['/etc/passwd', '/tmp/../etc/passwd', 'nimbus/stormdist/x/stormjar.jar', ''])(
    'gives no download of %j, in a way that 0.9 clients take for a failure',
    async (file) => {
      await start();
      const client = await nimbus.client();
      await expect(client.call('beginFileDownload', { file })).rejects.toThrow(
        ThriftApplicationError,
      );
    },
  );

  it('writes no chunk to a place that it did not give out', async () => {
    await start();
    const client = await nimbus.client();
    const chunk = Buffer.from('x');
    for (const location of ['/tmp/x', '../x', 'stormjar-0.jar', '__proto__']) {
      await expect(client.call('uploadChunk', { location, chunk })).rejects.toThrow(
        ThriftApplicationError,
      );
      await expect(client.call('finishFileUpload', { location })).rejects.toThrow(
        ThriftApplicationError,
      );
    }
  });
});

describe('names that JavaScript objects have already', () => {
  it('keeps components and streams called __proto__ as they are', async () => {
    await start();
    const client = await nimbus.client();
    const { spouts } = wordCountStructure();
    const spout = spouts.get('words');
    if (spout === undefined) throw new Error('no such spout');
    const streams = new Map([['__proto__', { output_fields: ['constructor'], direct: false }]]);
    const topology = {
      spouts: new Map([['__proto__', { ...spout, common: { ...spout.common, streams } }]]),
      bolts: new Map(),
      state_spouts: new Map(),
    };
    await client.call('submitTopology', { ...submission, name: 'words', topology });
    const [component] = nimbus.service.submissions[0]?.topology.components ?? [];
    expect(component?.id).toBe('__proto__');
    expect([...(component?.streams.keys() ?? [])]).toEqual(['__proto__']);
    expect(Reflect.get({}, 'output_fields')).toBeUndefined();
    const id = 'words-1-1700000000';
    expect(await client.call('getUserTopology', { id })).toEqual(topology);
  });
});
