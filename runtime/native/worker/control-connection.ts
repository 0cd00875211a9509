import { lstatSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import type { Clock } from '../../clock.ts';
import {
  type ControlFrame,
  encodeFrame,
  LineReader,
  parseControlFrame,
  type WorkerFrame,
} from '../../wire/index.ts';
import type { Lease } from './lease.ts';

type Hello = Extract<WorkerFrame, { type: 'hello' }>;
/** What control wants of a worker that it has welcomed. */
export type Order = Exclude<ControlFrame, { type: 'welcome' | 'refused' }>;

const reconnectMs = 500;
const lookMs = 1_000;

export interface ControlListener {
  /** The slot is ours; again after every reconnect. */
  onWelcome(): void;
  onOrder(order: Order): void;
  onDisconnect(): void;
  /** The worker is not wanted any more: another took its slot, or nobody controls it. */
  onDismissed(reason: string): void;
}

export interface ControlConnectionOptions {
  readonly socketFile: string;
  readonly hello: () => Hello;
  readonly lease: Lease;
  readonly listener: ControlListener;
  readonly clock: Clock;
}

/** The way to control: connects, says hello, and connects again until the lease is over. */
export class ControlConnection {
  readonly #options: ControlConnectionOptions;
  /** Set once control has welcomed us. */
  #welcomed: Socket | null = null;
  #callOff: () => void = () => {};
  #closed = false;

  constructor(options: ControlConnectionOptions) {
    this.#options = options;
  }

  get isWelcome(): boolean {
    return this.#welcomed !== null;
  }

  /** Bytes that control has not taken yet. */
  get unsentBytes(): number {
    return this.#welcomed?.writableLength ?? 0;
  }

  start(): void {
    const { lease, socketFile, clock, listener, hello } = this.#options;
    if (this.#closed) return;
    if (lease.isOver) {
      listener.onDismissed('no control plane');
      return;
    }
    const inode = inodeOf(socketFile);
    const socket = connect(socketFile);
    const reader = new LineReader();
    this.#leaveIfReplaced(socket, inode);
    socket.once('connect', () => socket.write(encodeFrame(hello())));
    socket.on('data', (chunk) => this.#read(socket, reader, chunk));
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      this.#leave(socket);
      this.#callOff();
      this.#callOff = clock.after(reconnectMs, () => this.start());
    });
  }

  /** False while there is no control plane. */
  send(frame: WorkerFrame): boolean {
    return this.sendText(encodeFrame(frame));
  }

  /** As `send`, for a frame that is a line already. */
  sendText(line: string): boolean {
    if (this.#welcomed === null) return false;
    this.#welcomed.write(line);
    return true;
  }

  /** Resolves when what was sent is with the kernel, or cannot get there. */
  flush(): Promise<void> {
    return new Promise((resolve) => {
      const socket = this.#welcomed;
      if (socket === null) return resolve();
      socket.once('close', () => resolve());
      socket.write('', () => resolve());
    });
  }

  /** Does not connect again. */
  close(): void {
    this.#closed = true;
    this.#callOff();
    this.#welcomed?.destroy();
  }

  /** Another control plane listens by now: the one at the other end hangs. */
  #leaveIfReplaced(socket: Socket, inode: number | null): void {
    const { socketFile, clock } = this.#options;
    this.#callOff = clock.after(lookMs, () => {
      const now = inodeOf(socketFile);
      if (now !== null && now !== inode) socket.destroy();
      else this.#leaveIfReplaced(socket, inode);
    });
  }

  #read(socket: Socket, reader: LineReader, chunk: Buffer): void {
    try {
      for (const line of reader.read(chunk)) {
        const frame = parseControlFrame(line);
        if (frame !== null && !socket.destroyed) this.#onFrame(socket, frame);
      }
    } catch {
      socket.destroy(); // what does not speak our language is no control plane
    }
  }

  #onFrame(socket: Socket, frame: ControlFrame): void {
    const { lease, listener } = this.#options;
    if (frame.type === 'refused')
      listener.onDismissed(`control refused this worker: ${frame.reason}`);
    else if (frame.type !== 'welcome') {
      if (this.#welcomed === socket) listener.onOrder(frame);
    } else if (lease.admit(frame.epoch)) {
      this.#welcomed = socket;
      listener.onWelcome();
    } else socket.destroy();
  }

  #leave(socket: Socket): void {
    if (this.#welcomed !== socket) return;
    this.#welcomed = null;
    this.#options.lease.renew();
    this.#options.listener.onDisconnect();
  }
}

/** null where there is no file. */
function inodeOf(file: string): number | null {
  return lstatSync(file, { throwIfNoEntry: false })?.ino ?? null;
}
