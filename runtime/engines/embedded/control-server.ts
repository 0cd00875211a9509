import { chmodSync, lstatSync, renameSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { Logger } from '../../logger.ts';
import {
  type ControlFrame,
  encodeFrame,
  LineReader,
  parseWorkerFrame,
  WireError,
  type WorkerFrame,
  wireVersion,
} from '../../wire/index.ts';
import { EngineError } from '../errors.ts';

export type Hello = Extract<WorkerFrame, { type: 'hello' }>;
/** What a worker says after its hello. */
export type WorkerReport = Exclude<WorkerFrame, Hello>;

const helloTimeoutMs = 5_000;
const connectionsMax = 1_024;

/** One greeted worker. */
export interface WorkerConnection {
  send(frame: ControlFrame): void;
  close(): void;
}

export interface WorkerConnectionListener {
  onFrame(frame: WorkerReport): void;
  onClose(): void;
}

/** Decides about a worker that said hello: who listens to it, or why it is refused for ever. */
type Reception = (
  hello: Hello,
  connection: WorkerConnection,
) => WorkerConnectionListener | { readonly refusal: string };

export interface ControlServerOptions {
  readonly socketFile: string;
  /** Takes the socket's place even if somebody answers on it. */
  readonly replaces: boolean;
  readonly reception: Reception;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Control's end of the control connections. */
export class ControlServer {
  readonly #options: ControlServerOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Of our socket file; null before there is one. */
  #inode: number | null = null;

  constructor(options: ControlServerOptions) {
    this.#options = options;
    this.#server = createServer((socket) => this.#accept(socket));
    this.#server.maxConnections = connectionsMax;
  }

  /** @throws EngineError when another control plane answers on the socket, or it cannot be made. */
  async start(): Promise<void> {
    const { socketFile, replaces } = this.#options;
    if (!replaces) await checkUnanswered(socketFile);
    // Node removes the name that it listened on when it closes, also if that is another's by then.
    const firstName = join(dirname(socketFile), `c-${process.pid}.sock`);
    rmSync(firstName, { force: true });
    await listen(this.#server, firstName);
    chmodSync(firstName, 0o600);
    renameSync(firstName, socketFile);
    this.#inode = inodeOf(socketFile);
  }

  async stop(): Promise<void> {
    const { socketFile } = this.#options;
    if (this.#inode !== null && inodeOf(socketFile) === this.#inode) rmSync(socketFile);
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    const conversation = new Conversation(socket, this.#options);
    socket.on('data', (chunk) => conversation.onData(chunk));
    socket.on('error', () => socket.destroy());
    socket.once('close', () => conversation.onClose());
  }
}

/** One connection from its first byte to its last. */
class Conversation implements WorkerConnection {
  readonly #socket: Socket;
  readonly #options: ControlServerOptions;
  readonly #reader = new LineReader();
  readonly #callOffTimeout: () => void;
  #listener: WorkerConnectionListener | null = null;
  /** Lines that are written together, at the end of this turn of the event loop. */
  #unwritten = '';

  constructor(socket: Socket, options: ControlServerOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#callOffTimeout = options.clock.after(helloTimeoutMs, () => socket.destroy());
  }

  send(frame: ControlFrame): void {
    if (this.#unwritten === '') setImmediate(() => this.#write());
    this.#unwritten += encodeFrame(frame);
  }

  close(): void {
    this.#write();
    this.#socket.destroy();
  }

  onData(chunk: Buffer): void {
    try {
      for (const line of this.#reader.read(chunk)) this.#onLine(line);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#options.logger.warn({ reason: error.message }, 'control connection closed');
      this.#socket.destroy();
    }
  }

  onClose(): void {
    this.#callOffTimeout();
    this.#listener?.onClose();
    this.#listener = null;
  }

  #write(): void {
    const lines = this.#unwritten;
    this.#unwritten = '';
    if (lines !== '' && !this.#socket.destroyed) this.#socket.write(lines);
  }

  #onLine(line: string): void {
    if (this.#socket.destroyed) return;
    const frame = parseWorkerFrame(line);
    if (frame === null) return;
    if (frame.type === 'hello') this.#onHello(frame);
    else if (this.#listener === null) throw new WireError('a worker spoke before its hello');
    else this.#listener.onFrame(frame);
  }

  #onHello(hello: Hello): void {
    if (this.#listener !== null) throw new WireError('a worker said hello twice');
    this.#callOffTimeout();
    const answer =
      hello.wireVersion === wireVersion
        ? this.#options.reception(hello, this)
        : { refusal: `control speaks wire version ${wireVersion}, not ${hello.wireVersion}` };
    if ('refusal' in answer) this.#refuse(answer.refusal, hello);
    else this.#listener = answer;
  }

  #refuse(reason: string, hello: Hello): void {
    this.#options.logger.warn({ reason, pid: hello.pid }, 'worker refused');
    this.#socket.end(encodeFrame({ type: 'refused', reason }), () => this.#socket.destroy());
  }
}

/** @throws EngineError when a control plane listens on the socket. */
export async function checkUnanswered(socketFile: string): Promise<void> {
  if (await answers(socketFile)) {
    throw new EngineError('another gearstorm serve uses this storm.local.dir');
  }
}

function inodeOf(file: string): number | null {
  return lstatSync(file, { throwIfNoEntry: false })?.ino ?? null;
}

function listen(server: Server, socketFile: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new EngineError(`the control socket cannot be opened: ${cause.message}`, { cause }));
    });
    server.listen(socketFile, resolve);
  });
}

/** Whether a control plane listens on the socket. */
export function answers(socketFile: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketFile);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
