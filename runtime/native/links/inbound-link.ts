import type { Socket } from 'node:net';
import { decodeValues, WireError, wireVersion } from '../../wire/index.ts';
import type { Inlet } from '../fabric.ts';
import { NativeTuple, type Source } from '../native-tuple.ts';
import type { RootOwner } from '../settle.ts';
import {
  creditBytes,
  decodeHello,
  decodeTuple,
  deltaBytes,
  encodeHelloAck,
  encodeRefused,
  frameTypes,
  type Hello,
  headerBytes,
  newFrame,
  readDelta,
  require,
  setRoots,
  treeBytes,
} from './data-frames.ts';
import { FrameReader } from './frame-reader.ts';
import type { InboundPeer, PeerConnection } from './inbound-peer.ts';
import type { LinkSettings } from './link-settings.ts';
import type { Grant, ReceiveWindow } from './receive-window.ts';

/** Where what arrives goes. */
export interface Arrivals {
  /** undefined for a task that does not run here. */
  inlet(task: number): Inlet | undefined;
  rootOwner(task: number): RootOwner | undefined;
  /** undefined for a stream that nobody declares. */
  source(task: number, stream: number): Source | undefined;
  /** Whether the tuple goes round a loop of the topology. */
  isInLoop(source: Source, inlet: Inlet): boolean;
  /** null for a worker that does not exist. */
  peer(worker: number): InboundPeer | null;
}

/** One connection on which a peer sends. */
export class InboundLink implements PeerConnection {
  readonly #socket: Socket;
  readonly #settings: LinkSettings;
  readonly #arrivals: Arrivals;
  readonly #opened = new Map<number, ReceiveWindow>();
  #peer: InboundPeer | null = null;
  #name = 'somebody';
  #isGrantDue = false;

  constructor(socket: Socket, settings: LinkSettings, arrivals: Arrivals) {
    this.#socket = socket;
    this.#settings = settings;
    this.#arrivals = arrivals;
    const reader = new FrameReader((type, body) => this.#onFrame(type, body));
    socket.on('data', (chunk) => this.#read(reader, chunk));
    socket.on('error', () => socket.destroy());
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Grants what became free in this turn at once. */
  onGrantDue(): void {
    if (this.#isGrantDue) return;
    this.#isGrantDue = true;
    setImmediate(() => {
      this.#isGrantDue = false;
      this.#sendGrants();
    });
  }

  #read(reader: FrameReader, chunk: Buffer): void {
    try {
      reader.read(chunk);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#settings.log(`closed the data connection of ${this.#name}: ${error.message}`);
      this.#socket.destroy();
    }
  }

  #onFrame(type: number, body: Buffer): void {
    if (this.#socket.destroyed) return;
    if (this.#peer === null) this.#onHello(type, body);
    else if (type === frameTypes.tuples) this.#onTuples(body);
    else if (type === frameTypes.progress) this.#onProgress(body);
    else if (type === frameTypes.trees) this.#onTrees(body);
    else if (type === frameTypes.open) this.#onOpen(body, this.#peer);
    else throw new WireError(`frames of type ${type} are unknown`);
  }

  #onHello(type: number, body: Buffer): void {
    if (type !== frameTypes.hello) throw new WireError(`it began with a frame of type ${type}`);
    const hello = decodeHello(body);
    this.#name = `worker ${hello.senderWorker}`;
    const peer = this.#arrivals.peer(hello.senderWorker);
    const refusal =
      this.#problemOf(hello) ??
      (peer === null
        ? `no task belongs to worker ${hello.senderWorker}`
        : peer.claim(this, hello.senderIncarnation));
    if (refusal !== null) {
      this.#settings.log(`refused a data connection: ${refusal}`);
      this.#socket.end(encodeRefused(refusal), () => this.#socket.destroy());
      return;
    }
    this.#peer = peer;
    const { incarnation } = this.#settings;
    this.#socket.write(encodeHelloAck({ wireVersion, receiverIncarnation: incarnation }));
  }

  #problemOf(hello: Hello): string | null {
    const { stormId, worker } = this.#settings;
    if (hello.wireVersion !== wireVersion) {
      return `this worker speaks wire version ${wireVersion}, not ${hello.wireVersion}`;
    }
    if (hello.stormId !== stormId) return `this worker belongs to topology ${stormId}`;
    return hello.receiverWorker === worker ? null : `this is worker ${worker}`;
  }

  #onTuples(body: Buffer): void {
    for (let at = 0; at < body.length; ) at = this.#deliver(body, at);
  }

  /** @returns where the next tuple begins */
  #deliver(body: Buffer, at: number): number {
    const encoded = decodeTuple(body, at);
    const { targetTask, sourceTask, stream, start, end } = encoded;
    const window = this.#opened.get(targetTask);
    if (window === undefined) {
      throw new WireError(`it sent a tuple for task ${targetTask} without asking`);
    }
    if (!window.offer(end - at)) {
      throw new WireError(`it sent more tuples for task ${targetTask} than it was granted`);
    }
    const inlet = this.#arrivals.inlet(targetTask);
    const source = this.#arrivals.source(sourceTask, stream);
    if (inlet === undefined || source === undefined) {
      throw new WireError(`there is no stream ${stream} of task ${sourceTask}`);
    }
    const tuple = new NativeTuple(source, sourceTask, targetTask, decodeValues(body, start, end));
    setRoots(tuple, body, encoded);
    tuple.link = window;
    tuple.bytes = end - at;
    inlet.put(tuple, this.#arrivals.isInLoop(source, inlet));
    return end;
  }

  #onProgress(body: Buffer): void {
    for (let at = 0; at < body.length; at += deltaBytes) {
      const { task, high, low, xorHigh, xorLow, failed } = readDelta(body, at);
      this.#rootOwner(task).onDelta(task, high, low, xorHigh, xorLow, failed);
    }
  }

  #onTrees(body: Buffer): void {
    for (let at = 0; at < body.length; at += treeBytes) {
      require(body, at, treeBytes, 'trees');
      const task = body.readUInt32LE(at);
      const [low, high] = [body.readInt32LE(at + 4), body.readInt32LE(at + 8)];
      const [component, tuples] = [body.readUInt16LE(at + 12), body.readInt32LE(at + 14)];
      this.#rootOwner(task).onTree(task, high, low, component, tuples);
    }
  }

  #onOpen(body: Buffer, peer: InboundPeer): void {
    for (let at = 0; at < body.length; at += 4) {
      require(body, at, 4, 'open');
      const task = body.readUInt32LE(at);
      if (this.#arrivals.inlet(task) === undefined) {
        throw new WireError(`task ${task} does not run here`);
      }
      if (this.#opened.has(task)) continue;
      const window = peer.window(task);
      this.#opened.set(task, window);
      window.open();
    }
  }

  #rootOwner(task: number): RootOwner {
    const owner = this.#arrivals.rootOwner(task);
    if (owner === undefined) throw new WireError(`task ${task} does not run here`);
    return owner;
  }

  #sendGrants(): void {
    if (this.#socket.destroyed) return;
    const grants: Grant[] = [];
    for (const window of this.#opened.values()) {
      const grant = window.advance();
      if (grant !== null) grants.push(grant);
    }
    if (grants.length > 0) this.#socket.write(creditFrame(grants));
  }
}

function creditFrame(grants: readonly Grant[]): Buffer {
  const frame = newFrame(frameTypes.credit, creditBytes * grants.length);
  grants.forEach(({ task, tuples, bytes }, index) => {
    const at = headerBytes + index * creditBytes;
    frame.writeUInt32LE(task, at);
    frame.writeBigUInt64LE(BigInt(tuples), at + 4);
    frame.writeBigUInt64LE(BigInt(bytes), at + 12);
  });
  return frame;
}
