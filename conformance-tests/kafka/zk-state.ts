import { connect } from 'node:net';

const host = '127.0.0.1';
const sessionMs = 10_000;
const passwordBytes = 16;
const getData = 4;
/** Of a reply: its number, the transaction's, and the error. */
const replyHeadBytes = 4 + 8 + 4;

/** What storm-kafka keeps of one partition. */
export interface ZkState {
  readonly offset: number;
}

/** What the spout with this id has last written of each partition; null where it has nothing yet. */
export function zkStates(
  port: number,
  root: string,
  partitions: number,
): Promise<readonly (ZkState | null)[]> {
  const paths = Array.from({ length: partitions }, (_, index) => `${root}/partition_${index}`);
  return Promise.all(paths.map((path) => stateAt(port, path)));
}

async function stateAt(port: number, path: string): Promise<ZkState | null> {
  const socket = connect({ host, port });
  socket.write(Buffer.concat([session(), request(path)]));
  let bytes = Buffer.alloc(0);
  for await (const chunk of socket) {
    bytes = Buffer.concat([bytes, chunk as Buffer]);
    const [, reply] = frames(bytes);
    if (reply !== undefined) return stateOf(reply);
  }
  throw new Error(`ZooKeeper closed the connection that asked for ${path}`);
}

function session(): Buffer {
  const wanted = Buffer.alloc(4 + 8 + 4 + 8 + 4 + passwordBytes + 1);
  wanted.writeInt32BE(sessionMs, 12);
  wanted.writeInt32BE(passwordBytes, 24);
  return framed(wanted);
}

function request(path: string): Buffer {
  const text = Buffer.from(path);
  const head = Buffer.alloc(12);
  head.writeInt32BE(1, 0);
  head.writeInt32BE(getData, 4);
  head.writeInt32BE(text.length, 8);
  return framed(Buffer.concat([head, text, Buffer.alloc(1)]));
}

function stateOf(reply: Buffer): ZkState | null {
  if (reply.readInt32BE(replyHeadBytes - 4) !== 0) return null;
  const begin = replyHeadBytes + 4;
  const text = reply.toString('utf8', begin, begin + reply.readInt32BE(replyHeadBytes));
  return JSON.parse(text) as ZkState;
}

function framed(body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return Buffer.concat([length, body]);
}

function frames(bytes: Buffer): readonly Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + bytes.readInt32BE(at);
    if (end > bytes.length) break;
    found.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return found;
}
