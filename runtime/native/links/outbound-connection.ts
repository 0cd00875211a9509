import { connect, type Socket } from 'node:net';
import { WireError, wireVersion } from '../../wire/index.ts';
import { creditBytes, decodeHelloAck, encodeHello, frameTypes, require } from './data-frames.ts';
import { FrameReader } from './frame-reader.ts';
import { type LinkSettings, socketOf } from './link-settings.ts';

export interface OutboundListener {
  /** Hands have been shaken with this life of the peer. */
  onConnected(incarnation: number): void;
  onCredit(task: number, tuples: number, bytes: number): void;
  /** The peer takes more again. */
  onDrain(): void;
  /** Nothing goes over this connection any more. @param refused the two ends do not belong together */
  onEnded(reason: string, refused: boolean): void;
}

/** The peer has not taken so much: what is sent waits here, where it can still be folded. */
const unsentBytesMax = 256 * 1024;

/** One connection to a peer, from the opener's side. */
export class OutboundConnection {
  readonly #socket: Socket;
  readonly #listener: OutboundListener;
  #isOpen = false;
  #reason = 'the peer closed the connection';
  #refused = false;

  constructor(peer: number, settings: LinkSettings, listener: OutboundListener) {
    const { worker, incarnation, stormId } = settings;
    this.#listener = listener;
    this.#socket = connect(socketOf(settings, peer));
    const reader = new FrameReader((type, body) => this.#onFrame(type, body));
    const hello = {
      wireVersion,
      senderWorker: worker,
      receiverWorker: peer,
      senderIncarnation: incarnation,
      stormId,
    };
    this.#socket.once('connect', () => this.#socket.write(encodeHello(hello)));
    this.#socket.on('data', (chunk) => this.#read(reader, chunk));
    this.#socket.on('drain', () => listener.onDrain());
    this.#socket.on('error', (error) => this.end(error.message));
    this.#socket.once('close', () => listener.onEnded(this.#reason, this.#refused));
  }

  /** Hands have been shaken, and the peer takes what it is sent. */
  get takesMore(): boolean {
    return this.#isOpen && this.#socket.writableLength < unsentBytesMax;
  }

  write(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  /** A call of the kernel costs more than a tuple: what is written meanwhile goes in one. */
  inOneWrite(send: () => void): void {
    this.#socket.cork();
    send();
    this.#socket.uncork();
  }

  end(reason: string): void {
    if (this.#socket.destroyed) return;
    this.#reason = reason;
    this.#isOpen = false;
    this.#socket.destroy();
  }

  #read(reader: FrameReader, chunk: Buffer): void {
    try {
      reader.read(chunk);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.end(error.message);
    }
  }

  #onFrame(type: number, body: Buffer): void {
    if (this.#socket.destroyed) return;
    if (!this.#isOpen) this.#onAnswer(type, body);
    else if (type === frameTypes.credit) this.#onCredit(body);
    else throw new WireError(`frames of type ${type} are unknown`);
  }

  #onAnswer(type: number, body: Buffer): void {
    if (type === frameTypes.refused) {
      this.#refused = true;
      this.end(`it refuses connections: ${body.toString()}`);
      return;
    }
    if (type !== frameTypes.helloAck)
      throw new WireError(`it answered with a frame of type ${type}`);
    const ack = decodeHelloAck(body);
    if (ack.wireVersion !== wireVersion) {
      this.#refused = true;
      this.end(`it speaks wire version ${ack.wireVersion}`);
      return;
    }
    this.#isOpen = true;
    this.#listener.onConnected(ack.receiverIncarnation);
  }

  #onCredit(body: Buffer): void {
    for (let at = 0; at < body.length; at += creditBytes) {
      require(body, at, creditBytes, 'credit');
      const tuples = Number(body.readBigUInt64LE(at + 4));
      const bytes = Number(body.readBigUInt64LE(at + 12));
      this.#listener.onCredit(body.readUInt32LE(at), tuples, bytes);
    }
  }
}
