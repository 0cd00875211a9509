import type { Socket } from 'node:net';

/** Length and protocol version, each a big-endian integer of 32 bits. */
const headBytes = 8;
/** A ConnectRequest has 44 or 45 bytes; programs with a longer one than this are no ZooKeeper clients. */
const helloBytesMax = 4096;
const helloBytesMin = 28;
const helloTimeoutMs = 10_000;

/**
 * Waits for the begin of what a ZooKeeper client says first, and stops reading there: nothing is
 * lost to whoever reads on. Whoever says something else, or nothing for a while, is hung up on.
 */
export function onClientHello(socket: Socket, accept: () => void): void {
  const tooLate = setTimeout(() => socket.destroy(), helloTimeoutMs);
  let head = Buffer.alloc(0);
  const read = (chunk: Buffer) => {
    head = Buffer.concat([head, chunk]);
    if (head.length < headBytes) return;
    clearTimeout(tooLate);
    socket.off('data', read).pause();
    if (!isHello(head)) {
      socket.destroy();
      return;
    }
    socket.unshift(head);
    accept();
  };
  socket.on('data', read);
  socket.once('close', () => clearTimeout(tooLate));
}

function isHello(head: Buffer): boolean {
  const length = head.readUInt32BE(0);
  return length >= helloBytesMin && length <= helloBytesMax && head.readUInt32BE(4) === 0;
}
