import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, sleep, within } from '../clock.ts';
import {
  adoptDetached,
  type Command,
  type DetachedProcess,
  findMarked,
  signalGroup,
  startDetached,
} from '../hosts/index.ts';
import type { Logger } from '../logger.ts';
import { type DoorAddress, Doorkeeper } from './doorkeeper.ts';
import { ZooKeeperPortError } from './errors.ts';
import { isServing } from './is-serving.ts';
import { RememberedPort } from './remembered-port.ts';

export interface ZooKeeperOptions {
  /** Absolute path; holds its data, its output and the port it had last. */
  readonly folder: string;
  /** Found again by it after our end. */
  readonly marker: string;
  /** Ports to try, the first free one is taken; 0 is any. */
  readonly ports: readonly number[];
  /** The server's program; it must end itself when nobody has been connected for a while. */
  readonly command: (dataFolder: string, address: ZooKeeperAddress) => Command;
  readonly clock: Clock;
  readonly logger: Logger;
}

export type ZooKeeperAddress = DoorAddress;

const host = '127.0.0.1';
const startTimeoutMs = 30_000;
const stopTimeoutMs = 5_000;
const probeEveryMs = 50;
const retryMs = 1_000;

/**
 * A ZooKeeper that runs while somebody uses it. Not all topologies that need one can be told by their
 * classes, so its port is held from the start and the first client that connects starts it. Once it
 * runs it has the port to itself: it lives on when we end, and is found again by its marker.
 */
export class OnDemandZooKeeper {
  readonly #options: ZooKeeperOptions;
  readonly #door = new Doorkeeper(() => void this.#begin());
  readonly #remembered: RememberedPort;
  #port = 0;
  #process: DetachedProcess | null = null;
  #starting: Promise<void> = Promise.resolve();
  #isClosed = false;

  private constructor(options: ZooKeeperOptions) {
    this.#options = options;
    this.#remembered = new RememberedPort(join(options.folder, 'port'));
  }

  /**
   * Holds the port, or finds the server that a former run has left.
   * @throws ZooKeeperPortError when no port can be had
   */
  static async open(options: ZooKeeperOptions): Promise<OnDemandZooKeeper> {
    const zooKeeper = new OnDemandZooKeeper(options);
    await mkdir(join(options.folder, 'data'), { recursive: true, mode: 0o700 });
    await zooKeeper.#open();
    return zooKeeper;
  }

  get address(): ZooKeeperAddress {
    return { host, port: this.#port };
  }

  /**
   * Starts it before anybody connects: those who come while it starts are connected through us for
   * as long as they stay, which costs them and us with every request. Resolves when it answers, or
   * does not start.
   */
  start(): Promise<void> {
    return this.#door.leave() ? this.#begin() : this.#starting;
  }

  /** @param keep leaves a running server to its clients and to the next run */
  async close({ keep }: { readonly keep: boolean }): Promise<void> {
    this.#isClosed = true;
    this.#door.leave();
    this.#door.turnAway();
    await this.#starting;
    const process = this.#process;
    if (process === null) return;
    if (keep) process.unfollow();
    else await this.#stop(process);
  }

  async #open(): Promise<void> {
    const { marker, clock } = this.#options;
    const port = this.#remembered.read();
    const left = findMarked(marker);
    if (left !== null && port !== null) {
      this.#port = port;
      this.#follow(adoptDetached(left, clock));
      return;
    }
    this.#port = await this.#openDoor(this.#portsToTry(port));
    await this.#remembered.write(this.#port);
  }

  #portsToTry(last: number | null): readonly number[] {
    const { ports } = this.#options;
    const isAnyFine = ports.includes(0);
    return last !== null && isAnyFine ? [last, ...ports] : ports;
  }

  async #openDoor([port = 0, ...others]: readonly number[]): Promise<number> {
    try {
      return await this.#door.open({ host, port });
    } catch (error) {
      if (others.length === 0) throw portError(port, error);
      return await this.#openDoor(others);
    }
  }

  #begin(): Promise<void> {
    this.#starting = this.#start();
    return this.#starting;
  }

  async #start(): Promise<void> {
    const { logger } = this.#options;
    let process: DetachedProcess | null = null;
    try {
      process = await this.#spawn();
      this.#follow(process);
      await this.#untilItAnswers(process);
      this.#door.handOver(this.address);
      logger.info({ port: this.#port, pid: process.identity.pid }, 'zookeeper started');
    } catch (error) {
      logger.error({ err: error, folder: this.#options.folder }, 'zookeeper does not start');
      this.#door.turnAway();
      if (process === null) this.#reopen();
    }
  }

  #spawn(): Promise<DetachedProcess> {
    const { folder, marker, command } = this.#options;
    return startDetached(command(join(folder, 'data'), this.address), {
      marker,
      outputFile: join(folder, 'zookeeper.out'),
    });
  }

  async #untilItAnswers(process: DetachedProcess): Promise<void> {
    const { clock } = this.#options;
    const endMs = clock.now() + startTimeoutMs;
    while (!(await isServing(this.address))) {
      if (this.#process !== process) throw new Error('it ended: see zookeeper.out');
      if (this.#isClosed) throw new Error('gearstorm serve stops');
      if (clock.now() > endMs) {
        signalGroup(process.identity, 'SIGKILL');
        throw new Error(`it does not answer within ${startTimeoutMs / 1000} s`);
      }
      await sleep(clock, probeEveryMs);
    }
  }

  #follow(process: DetachedProcess): void {
    this.#process = process;
    void process.ended.then((end) => {
      this.#process = null;
      this.#options.logger.info({ ...end }, 'zookeeper ended');
      // Who still asks whether it serves is not to ask ourselves.
      void this.#starting.then(() => this.#reopen());
    });
  }

  /** The port was ours all the time; what took it in between is waited for. */
  #reopen(): void {
    if (this.#isClosed) return;
    this.#door.open(this.address).catch((error: unknown) => {
      this.#options.logger.warn({ err: error }, 'the port of zookeeper is in use');
      this.#options.clock.after(retryMs, () => this.#reopen());
    });
  }

  async #stop(process: DetachedProcess): Promise<void> {
    signalGroup(process.identity, 'SIGTERM');
    const end = await within(this.#options.clock, stopTimeoutMs, process.ended);
    if (end === null) signalGroup(process.identity, 'SIGKILL');
    process.unfollow();
  }
}

function portError(port: number, cause: unknown): ZooKeeperPortError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ZooKeeperPortError(
    `port ${port} for ZooKeeper cannot be had (${reason}): set gearstorm.zookeeper.port to another, or to 0 for any free one`,
    { cause },
  );
}
