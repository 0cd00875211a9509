import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ThriftFormatError } from '../thrift/errors.ts';
import { NimbusClient } from './nimbus-client.ts';

let server: Server;
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  if (server.listening) await once(server.close(), 'close');
});

/** Something on a port that is no Nimbus. */
async function pretend(onData: (socket: Socket) => void): Promise<NimbusClient> {
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => onData(socket));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const accepted = once(server, 'connection');
  const client = await NimbusClient.connect({ host: '127.0.0.1', port, timeoutMs: 200 });
  await accepted;
  return client;
}

describe('Nimbus client', () => {
  it('says that nobody listens', async () => {
    const client = await pretend(() => undefined);
    client.close();
    const { port } = server.address() as AddressInfo;
    await once(server.close(), 'close');
    const options = { host: '127.0.0.1', port, timeoutMs: 1000 };
    await expect(NimbusClient.connect(options)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('says that the connection was closed instead of answered', async () => {
    const client = await pretend((socket) => socket.end());
    await expect(client.call('getClusterInfo', {})).rejects.toThrow(/without an answer/);
  });

  it('says how long it has waited in vain', async () => {
    const client = await pretend(() => undefined);
    await expect(client.call('getClusterInfo', {})).rejects.toThrow(/not answered for 200 ms/);
  });

  it('takes no other protocol for an answer', async () => {
    const client = await pretend((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await expect(client.call('getClusterInfo', {})).rejects.toThrow(ThriftFormatError);
  });

  it('reports at the next call a connection that broke between two', async () => {
    const client = await pretend(() => undefined);
    const [socket] = sockets;
    if (socket === undefined) throw new Error('nobody connected');
    socket.resetAndDestroy();
    await once(socket, 'close');
    await expect(client.call('getClusterInfo', {})).rejects.toThrow();
  });
});
