import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type ConnectionEnds, connectionEnds } from '../peer/index.ts';
import { ThriftFormatError } from './errors.ts';
import { ByteBudget, FrameAssembler } from './frame-assembler.ts';

/** What a call may know of its connection. */
export interface Caller {
  /** The same object for all calls of one connection; aborted when its client sends no more. */
  readonly hungUp: AbortSignal;
  /** The same object for all calls of one connection. */
  readonly ends: ConnectionEnds;
  /** Runs the work, which does not throw, as soon as the reply of this call is on its way. */
  afterReply(work: () => void): void;
}

/**
 * Answers one message with a framed reply and keeps none of its bytes: they are written over once
 * the work for after the reply is done.
 * @param tooLong why only the beginning of the message is there; null for a whole one
 * @throws ThriftFormatError to end the connection
 */
export type MessageHandler = (
  message: Buffer,
  caller: Caller,
  tooLong: ThriftFormatError | null,
) => Promise<Buffer>;

/** What we need of a pino logger. */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface ServerLimits {
  /** Longest frame that is accepted; one of up to 16 times as much is answered with a refusal. */
  readonly frameBytesMax: number;
  /** Part of an unfinished frame that a connection may hold whatever the others do. */
  readonly freeBytes: number;
  /** What all connections together may hold beyond that. */
  readonly sharedBytes: number;
  readonly connectionsMax: number;
  /** From a frame's first byte to its last, and for a client to take its reply. */
  readonly frameTimeoutMs: number;
  /** Between a reply and the next call. */
  readonly idleTimeoutMs: number;
}

export const defaultServerLimits: ServerLimits = {
  frameBytesMax: 16 * 1024 * 1024,
  freeBytes: 1024 * 1024,
  sharedBytes: 64 * 1024 * 1024,
  connectionsMax: 64,
  frameTimeoutMs: 60_000,
  idleTimeoutMs: 600_000,
};

const rejectionLogIntervalMs = 1000;
const skippedToAccepted = 16;

/**
 * A Thrift server of framed messages. Calls of one connection are answered in their order, those of
 * several concurrently. A connection that sends anything but frames, or sends them too slowly, is
 * closed; when there are too many, the one that has been quiet longest makes room.
 */
export class FramedServer {
  readonly #handle: MessageHandler;
  readonly #logger: Logger;
  readonly #limits: ServerLimits;
  readonly #budget: ByteBudget;
  readonly #server: Server;
  /** In the order in which they last finished a call: the first is the quietest. */
  readonly #waiting = new Set<Socket>();
  readonly #connections = new Set<Socket>();
  #rejected = 0;
  #rejectionLogTimer: NodeJS.Timeout | null = null;

  constructor(handle: MessageHandler, logger: Logger, limits: ServerLimits) {
    this.#handle = handle;
    this.#logger = logger;
    this.#limits = limits;
    this.#budget = new ByteBudget(limits.sharedBytes);
    this.#server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) =>
      this.#accept(socket),
    );
  }

  /** @param address port 0 takes any free one. @throws the system's error, such as EADDRINUSE */
  async start(address: { readonly host: string; readonly port: number }): Promise<AddressInfo> {
    this.#server.listen({ ...address, backlog: this.#limits.connectionsMax });
    await once(this.#server, 'listening');
    this.#server.on('error', (error) => this.#logger.error({ err: error }, 'thrift server failed'));
    return this.#server.address() as AddressInfo;
  }

  /** Takes no more connections and ends those there are, finished or not. */
  async stop(): Promise<void> {
    if (this.#rejectionLogTimer !== null) clearTimeout(this.#rejectionLogTimer);
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#connections) socket.destroy();
    await closed;
  }

  #accept(socket: Socket): void {
    if (this.#connections.size >= this.#limits.connectionsMax && !this.#makeRoom()) {
      socket.destroy();
      this.#reject('too many connections');
      return;
    }
    this.#connections.add(socket);
    socket.once('close', () => this.#connections.delete(socket));
    this.#serve(socket).catch((error: unknown) => {
      // A client that goes away is no event; one that talks something else is.
      if (error instanceof ThriftFormatError) this.#reject(error.message);
    });
  }

  /** Closes the connection that has been without a call longest; false when all are being served. */
  #makeRoom(): boolean {
    const [quietest] = this.#waiting;
    if (quietest === undefined) return false;
    this.#waiting.delete(quietest);
    this.#connections.delete(quietest);
    quietest.destroy();
    return true;
  }

  async #serve(socket: Socket): Promise<void> {
    const skippedBytesMax = skippedToAccepted * this.#limits.frameBytesMax;
    const frames = new FrameAssembler({ ...this.#limits, skippedBytesMax }, this.#budget);
    const deadline = new Deadline(() => socket.destroy());
    const hungUp = new AbortController();
    for (const event of ['end', 'close']) socket.once(event, () => hungUp.abort());
    try {
      this.#waiting.add(socket);
      deadline.set(this.#limits.idleTimeoutMs);
      const ends = connectionEnds(socket);
      await this.#readAll({ socket, frames, deadline, hungUp: hungUp.signal, ends });
    } finally {
      deadline.end();
      frames.close();
      this.#waiting.delete(socket);
      socket.destroy();
    }
  }

  /**
   * Resolves when the client is gone and its last call answered. Takes each piece of a large frame as
   * it comes: an iterator would cost one turn and one stop of the socket for every one of them.
   */
  #readAll(connection: Connection): Promise<void> {
    const { socket, frames, deadline } = connection;
    return new Promise((resolve, reject) => {
      let answering = Promise.resolve();
      let isAnswering = false;
      const onPiece = (piece: Buffer) => {
        const wasUnfinished = frames.unfinished;
        frames.push(piece);
        if (isAnswering) {
          if (frames.ready) socket.pause();
          return;
        }
        const first = frames.next();
        if (first !== null) {
          isAnswering = true;
          answering = this.#answerAll(connection, first).finally(() => {
            isAnswering = false;
          });
          answering.catch(reject);
        } else if (!wasUnfinished) {
          deadline.set(this.#limits.frameTimeoutMs);
        }
      };
      socket.on('data', (piece) => rejectWhatThrows(reject, () => onPiece(piece)));
      socket.on('error', reject);
      // Who only sends no more may still read: what he asked before is answered.
      for (const event of ['end', 'close']) {
        socket.on(event, () => void answering.then(resolve, reject));
      }
    });
  }

  /**
   * Answers the frames that are whole. Meanwhile one more frame is read at most: a client that
   * waits for its answer sends none, and is only known to have hung up while we read.
   */
  async #answerAll(connection: Connection, first: Buffer): Promise<void> {
    const { socket, frames, deadline, hungUp, ends } = connection;
    this.#waiting.delete(socket);
    let works: (() => void)[] = [];
    const caller: Caller = { hungUp, ends, afterReply: (work) => void works.push(work) };
    for (let message: Buffer | null = first; message !== null; message = frames.next()) {
      deadline.pause();
      const reply = await this.#handle(message, caller, this.#tooLong(frames.lastLength));
      deadline.set(this.#limits.frameTimeoutMs);
      const replied = written(socket, reply);
      for (const work of works) work();
      works = [];
      // Before we hear that the reply was sent: the client's next call may come sooner.
      frames.reuse();
      await replied;
    }
    if (socket.destroyed) return;
    this.#waiting.add(socket);
    const { frameTimeoutMs, idleTimeoutMs } = this.#limits;
    deadline.set(frames.unfinished ? frameTimeoutMs : idleTimeoutMs);
    socket.resume();
  }

  #tooLong(length: number): ThriftFormatError | null {
    const { frameBytesMax } = this.#limits;
    if (length <= frameBytesMax) return null;
    return new ThriftFormatError(
      `the message is ${length} bytes long; at most ${frameBytesMax} are accepted`,
    );
  }

  /** One log line a second at most, which then counts the others. */
  #reject(reason: string): void {
    this.#rejected += 1;
    if (this.#rejectionLogTimer === null) this.#logRejections(reason);
  }

  #logRejections(reason: string): void {
    this.#logger.warn({ reason, connections: this.#rejected }, 'closed thrift connections');
    this.#rejected = 0;
    this.#rejectionLogTimer = setTimeout(() => {
      this.#rejectionLogTimer = null;
      if (this.#rejected > 0) this.#logRejections('several');
    }, rejectionLogIntervalMs).unref();
  }
}

interface Connection {
  readonly socket: Socket;
  readonly frames: FrameAssembler;
  readonly deadline: Deadline;
  readonly hungUp: AbortSignal;
  readonly ends: ConnectionEnds;
}

/**
 * The end of the phase that a connection is in. It is moved several times a call, so the timer stays
 * as it is while it rings no later than wanted, and looks then whether it was meant.
 */
class Deadline {
  readonly #expire: () => void;
  #timer: NodeJS.Timeout | null = null;
  #ringsAtMs = 0;
  #atMs = Number.POSITIVE_INFINITY;

  constructor(expire: () => void) {
    this.#expire = expire;
  }

  set(milliseconds: number): void {
    this.#atMs = performance.now() + milliseconds;
    if (this.#timer !== null && this.#ringsAtMs <= this.#atMs) return;
    this.#start(milliseconds);
  }

  /** Nothing is due until it is set again. */
  pause(): void {
    this.#atMs = Number.POSITIVE_INFINITY;
  }

  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #start(milliseconds: number): void {
    this.end();
    this.#ringsAtMs = performance.now() + milliseconds;
    this.#timer = setTimeout(() => this.#ring(), milliseconds).unref();
  }

  #ring(): void {
    this.#timer = null;
    if (this.#atMs === Number.POSITIVE_INFINITY) return;
    const leftMs = this.#atMs - performance.now();
    if (leftMs > 0) this.#start(leftMs);
    else this.#expire();
  }
}

function rejectWhatThrows(reject: (error: unknown) => void, work: () => void): void {
  try {
    work();
  } catch (error) {
    reject(error);
  }
}

/** Resolves when the client's system has taken the bytes; rejects when the connection ends first. */
function written(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}
