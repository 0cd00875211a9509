import { connect, createServer, type Server, type Socket } from 'node:net';
import { onClientHello } from './client-hello.ts';

const waitingMax = 1000;

export interface DoorAddress {
  readonly host: string;
  readonly port: number;
}

/** Holds a port in place of a server that does not run, and keeps those who come until it does. */
export class Doorkeeper {
  readonly #onClient: () => void;
  readonly #waiting = new Set<Socket>();
  #server: Server | null = null;
  /** Who has taken over since the door was open last. */
  #successor: DoorAddress | null = null;

  /** @param onClient the first client since the door was opened has come */
  constructor(onClient: () => void) {
    this.#onClient = onClient;
  }

  /**
   * Listens.
   * @returns the port, which was free if 0 was asked for
   * @throws the operating system's error
   */
  open({ host, port }: DoorAddress): Promise<number> {
    const server = createServer((socket) => this.#receive(socket));
    server.maxConnections = waitingMax;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port }, () => {
        server.off('error', reject);
        this.#server = server;
        this.#successor = null;
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  }

  /** The port is free when this returns; who is there stays. Whether the door was open. */
  leave(): boolean {
    const server = this.#server;
    this.#server = null;
    server?.close();
    return server !== null;
  }

  /** Connects everybody who came with the server that has taken over. */
  handOver(successor: DoorAddress): void {
    this.#successor = successor;
    for (const socket of this.#waiting) splice(socket, connect(successor));
    this.#waiting.clear();
  }

  /** Hangs up on everybody who waits. */
  turnAway(): void {
    for (const socket of this.#waiting) socket.destroy();
    this.#waiting.clear();
  }

  #receive(socket: Socket): void {
    socket.on('error', () => socket.destroy());
    onClientHello(socket, () => this.#admit(socket));
  }

  #admit(socket: Socket): void {
    if (this.#successor !== null) {
      splice(socket, connect(this.#successor));
      return;
    }
    this.#waiting.add(socket);
    socket.once('close', () => this.#waiting.delete(socket));
    if (this.leave()) this.#onClient();
  }
}

/** Either end's close is the other's. */
function splice(client: Socket, server: Socket): void {
  server.on('error', () => server.destroy());
  server.once('close', () => client.destroy());
  client.once('close', () => server.destroy());
  client.pipe(server);
  server.pipe(client);
}
