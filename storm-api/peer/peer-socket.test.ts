import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { connectionEnds, holdsSocket, peerSocket } from './index.ts';

const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0).reverse()) close();
});

/** Both ends of a connection to a server that listens on the host. */
async function connection(listenHost: string, connectHost: string) {
  const server: Server = createServer();
  server.listen(0, listenHost);
  await once(server, 'listening');
  closers.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const client = connect(port, connectHost);
  const [socket] = await accepted;
  closers.push(() => client.destroy());
  closers.push(() => socket.destroy());
  return { client, ends: connectionEnds(socket) };
}

it.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::', '127.0.0.1'],
  ['::', '::ffff:127.0.0.1'],
  ['::1', '::1'],
])('knows the user and the process behind a connection to %s by %s', async (listen, dial) => {
  const { ends } = await connection(listen, dial);
  const peer = await peerSocket(ends);
  if (peer === null) throw new Error('not found');
  expect(peer.uid).toBe(process.getuid?.());
  expect(await holdsSocket(process.pid, peer)).toBe(true);
  expect(await holdsSocket(process.ppid, peer)).toBe(false);
});

it('knows nobody behind a connection that has ended', async () => {
  const { client, ends } = await connection('127.0.0.1', '127.0.0.1');
  client.destroy();
  await once(client, 'close');
  expect(await peerSocket(ends)).toBeNull();
});

it('does not take our own end for the other', async () => {
  const { ends } = await connection('127.0.0.1', '127.0.0.1');
  const peer = await peerSocket(ends);
  const { localAddress, localPort, remoteAddress, remotePort } = ends;
  const ours = await peerSocket({
    ...{ localAddress: remoteAddress, localPort: remotePort },
    ...{ remoteAddress: localAddress, remotePort: localPort },
  });
  expect(ours?.inode).not.toBe(peer?.inode);
});
