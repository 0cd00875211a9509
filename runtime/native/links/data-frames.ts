import { WireError } from '../../wire/index.ts';
import type { NativeTuple } from '../native-tuple.ts';
import type { RootEdge } from '../root.ts';

/** Types of the frames of a data connection (docs/wire-protocol.md); all integers little-endian. */
export const frameTypes = {
  hello: 1,
  helloAck: 2,
  tuples: 3,
  progress: 4,
  credit: 5,
  open: 6,
  refused: 7,
  trees: 8,
} as const;

export const headerBytes = 5;
export const deltaBytes = 21;
export const creditBytes = 20;
export const treeBytes = 18;
const fixedTupleBytes = 14;
const rootBytes = 20;

export interface Hello {
  readonly wireVersion: number;
  readonly senderWorker: number;
  readonly receiverWorker: number;
  readonly senderIncarnation: number;
  readonly stormId: string;
}

/** The receiver's answer to a hello that it accepts. */
export interface HelloAck {
  readonly wireVersion: number;
  readonly receiverIncarnation: number;
}

export interface Delta {
  readonly task: number;
  readonly high: number;
  readonly low: number;
  xorHigh: number;
  xorLow: number;
  failed: boolean;
}

/** A tuple as it came, its values unread. */
export interface EncodedTuple {
  readonly targetTask: number;
  readonly sourceTask: number;
  readonly stream: number;
  /** How many trees it has, and where they begin in the frame's body. */
  readonly roots: number;
  readonly rootsAt: number;
  /** Where its values are in the frame's body. */
  readonly start: number;
  readonly end: number;
}

/** A frame of this type with room for a body of so many bytes, to be filled from `headerBytes` on. */
export function newFrame(type: number, bodyBytes: number): Buffer {
  const frame = Buffer.allocUnsafe(headerBytes + bodyBytes);
  frame.writeUInt32LE(bodyBytes + 1, 0);
  frame[4] = type;
  return frame;
}

export function encodeHello(hello: Hello): Buffer {
  const id = Buffer.from(hello.stormId);
  const frame = newFrame(frameTypes.hello, 10 + id.length);
  frame.writeUInt16LE(hello.wireVersion, headerBytes);
  frame.writeUInt16LE(hello.senderWorker, headerBytes + 2);
  frame.writeUInt16LE(hello.receiverWorker, headerBytes + 4);
  frame.writeUInt16LE(hello.senderIncarnation, headerBytes + 6);
  frame.writeUInt16LE(id.length, headerBytes + 8);
  id.copy(frame, headerBytes + 10);
  return frame;
}

/** @throws WireError */
export function decodeHello(body: Buffer): Hello {
  require(body, 0, 10, 'hello');
  if (body.readUInt16LE(8) !== body.length - 10) {
    throw new WireError('the storm id of a hello frame does not fill the frame');
  }
  return {
    wireVersion: body.readUInt16LE(0),
    senderWorker: body.readUInt16LE(2),
    receiverWorker: body.readUInt16LE(4),
    senderIncarnation: body.readUInt16LE(6),
    stormId: body.toString('utf8', 10),
  };
}

export function encodeHelloAck({ wireVersion, receiverIncarnation }: HelloAck): Buffer {
  const frame = newFrame(frameTypes.helloAck, 4);
  frame.writeUInt16LE(wireVersion, headerBytes);
  frame.writeUInt16LE(receiverIncarnation, headerBytes + 2);
  return frame;
}

/** @throws WireError */
export function decodeHelloAck(body: Buffer): HelloAck {
  require(body, 0, 4, 'hello-ack');
  return { wireVersion: body.readUInt16LE(0), receiverIncarnation: body.readUInt16LE(2) };
}

export function encodeRefused(reason: string): Buffer {
  const text = Buffer.from(reason);
  const frame = newFrame(frameTypes.refused, text.length);
  text.copy(frame, headerBytes);
  return frame;
}

/** Writes the head of a tuple's entry in a tuples frame; the rest of the entry is its values. */
export function writeTupleHead(entry: Buffer, tuple: NativeTuple): void {
  const { roots } = tuple;
  const count = rootCount(tuple);
  entry.writeUInt32LE(tuple.targetTask, 0);
  entry.writeUInt32LE(tuple.sourceTask, 4);
  entry.writeUInt16LE(tuple.source.number, 8);
  entry.writeUInt32LE(count, 10);
  let at = fixedTupleBytes;
  if (roots !== null) {
    for (const { task, high, low, edgeHigh, edgeLow } of roots) {
      at = writeRoot(entry, at, task, high, low, edgeHigh, edgeLow);
    }
  } else if (count === 1) {
    const { rootTask, rootHigh, rootLow, edgeHigh, edgeLow } = tuple;
    at = writeRoot(entry, at, rootTask, rootHigh, rootLow, edgeHigh, edgeLow);
  }
  entry.writeUInt32LE(entry.length - at - 4, at);
}

/** Bytes of a tuple's entry before its values. */
export function tupleHeadBytes(tuple: NativeTuple): number {
  return fixedTupleBytes + rootBytes * rootCount(tuple) + 4;
}

function rootCount({ roots, rootHigh }: NativeTuple): number {
  if (roots !== null) return roots.length;
  return rootHigh === 0 ? 0 : 1;
}

/**
 * Reads the tuple that begins at an offset of a frame's body; the next one begins at its `end`.
 * @throws WireError when the body ends within it
 */
export function decodeTuple(body: Buffer, at: number): EncodedTuple {
  require(body, at, fixedTupleBytes, 'tuples');
  const count = body.readUInt32LE(at + 10);
  const rootsAt = at + fixedTupleBytes;
  require(body, rootsAt, count * rootBytes + 4, 'tuples');
  const start = rootsAt + count * rootBytes + 4;
  const length = body.readUInt32LE(start - 4);
  require(body, start, length, 'tuples');
  return {
    targetTask: body.readUInt32LE(at),
    sourceTask: body.readUInt32LE(at + 4),
    stream: body.readUInt16LE(at + 8),
    roots: count,
    rootsAt,
    start,
    end: start + length,
  };
}

/** The trees of a tuple that was decoded. */
export function readRoots(body: Buffer, { roots, rootsAt }: EncodedTuple): readonly RootEdge[] {
  return Array.from({ length: roots }, (_, index) => readRoot(body, rootsAt + index * rootBytes));
}

/** Gives a new tuple the trees that it was decoded with. */
export function setRoots(tuple: NativeTuple, body: Buffer, encoded: EncodedTuple): void {
  if (encoded.roots > 1) {
    tuple.setRoots(readRoots(body, encoded));
    return;
  }
  if (encoded.roots === 0) return;
  const { rootsAt } = encoded;
  tuple.rootTask = body.readUInt32LE(rootsAt);
  tuple.rootLow = body.readInt32LE(rootsAt + 4);
  tuple.rootHigh = body.readInt32LE(rootsAt + 8);
  tuple.edgeLow = body.readInt32LE(rootsAt + 12);
  tuple.edgeHigh = body.readInt32LE(rootsAt + 16);
}

export function writeDelta(frame: Buffer, at: number, delta: Delta): number {
  const { task, high, low, xorHigh, xorLow, failed } = delta;
  frame.writeUInt32LE(task, at);
  frame.writeInt32LE(low, at + 4);
  frame.writeInt32LE(high, at + 8);
  frame.writeInt32LE(failed ? 0 : xorLow, at + 12);
  frame.writeInt32LE(failed ? 0 : xorHigh, at + 16);
  frame[at + 20] = failed ? 1 : 0;
  return at + deltaBytes;
}

/** @throws WireError when the body ends within it */
export function readDelta(body: Buffer, at: number): Delta {
  require(body, at, deltaBytes, 'progress');
  return {
    task: body.readUInt32LE(at),
    low: body.readInt32LE(at + 4),
    high: body.readInt32LE(at + 8),
    xorLow: body.readInt32LE(at + 12),
    xorHigh: body.readInt32LE(at + 16),
    failed: body[at + 20] === 1,
  };
}

/** @throws WireError when a body has fewer bytes left */
export function require(body: Buffer, at: number, bytes: number, what: string): void {
  if (body.length - at >= bytes) return;
  throw new WireError(`a ${what} frame ends ${bytes - (body.length - at)} bytes early`);
}

function writeRoot(
  entry: Buffer,
  at: number,
  task: number,
  high: number,
  low: number,
  edgeHigh: number,
  edgeLow: number,
): number {
  entry.writeUInt32LE(task, at);
  entry.writeInt32LE(low, at + 4);
  entry.writeInt32LE(high, at + 8);
  entry.writeInt32LE(edgeLow, at + 12);
  entry.writeInt32LE(edgeHigh, at + 16);
  return at + rootBytes;
}

function readRoot(body: Buffer, at: number): RootEdge {
  return {
    task: body.readUInt32LE(at),
    low: body.readInt32LE(at + 4),
    high: body.readInt32LE(at + 8),
    edgeLow: body.readInt32LE(at + 12),
    edgeHigh: body.readInt32LE(at + 16),
  };
}
