import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { isRunning } from './processes.ts';
import { projectRoot } from './project-root.ts';
import { waitFor } from './wait-for.ts';

const startMs = 90_000;
const stopMs = 30_000;
const host = '127.0.0.1';

export interface KafkaBrokerOptions {
  /** Keeps its metadata in a ZooKeeper of its own, as brokers did when storm-kafka was written. */
  readonly zooKeeper?: boolean;
  /** Lines of server.properties over ours. */
  readonly properties?: Readonly<Record<string, string | number>>;
  /** The release, one of those that set-up brings. */
  readonly version?: string;
}

/** A network apart from the machine's own, in which a process sees no other's loopback address. */
export interface PrivateNetwork {
  /** The words in front of a command that is to run inside. */
  readonly command: readonly string[];
  /** Whether something listens inside. */
  answers(port: number): Promise<boolean>;
}

/** A Kafka broker of its own: a single node with its files in a directory of its own. */
export class KafkaBroker {
  readonly directory: string;
  readonly port: number;
  /** Of its ZooKeeper; null in KRaft mode. */
  readonly zooKeeperPort: number | null;
  readonly #version: string;
  #zooKeeper: ChildProcess | null = null;
  #broker: ChildProcess | null = null;
  #network: PrivateNetwork | null = null;

  private constructor(
    directory: string,
    version: string,
    ports: { readonly broker: number; readonly zooKeeper: number | null },
  ) {
    this.directory = directory;
    this.port = ports.broker;
    this.zooKeeperPort = ports.zooKeeper;
    this.#version = version;
  }

  /** Resolves when the broker takes connections. */
  static async start({
    zooKeeper = false,
    properties = {},
    version = '3.9.2',
  }: KafkaBrokerOptions = {}): Promise<KafkaBroker> {
    const directory = await mkdtemp(join(tmpdir(), 'gearstorm-kafka-'));
    const port = await freePort();
    const other = await freePort();
    const ports = { broker: port, zooKeeper: zooKeeper ? other : null };
    const broker = new KafkaBroker(directory, version, ports);
    try {
      await broker.#writeFiles(other, properties);
      if (zooKeeper) await broker.#startZooKeeper();
      await broker.start();
      return broker;
    } catch (error) {
      await broker.stop();
      throw error;
    }
  }

  /** What clients are told: `host:port`. */
  get address(): string {
    return `${host}:${this.port}`;
  }

  get pid(): number {
    return this.#broker?.pid ?? 0;
  }

  /** Starts it again after a crash, on its port and with its files. */
  async start(): Promise<void> {
    const broker = await this.#spawn('kafka.Kafka', [join(this.directory, 'server.properties')]);
    this.#broker = broker;
    await this.#untilListening(broker, this.port);
  }

  /** Starts it again, with its files, in another network; null: in the machine's own. */
  async moveTo(network: PrivateNetwork | null): Promise<void> {
    if (network === this.#network) return;
    await end(this.#broker, 'SIGTERM');
    this.#network = network;
    await this.start();
  }

  /** What a power cut does to it. */
  async crash(): Promise<void> {
    await end(this.#broker, 'SIGKILL');
  }

  /** Ends it and removes its files. */
  async stop(): Promise<void> {
    await end(this.#broker, 'SIGKILL');
    await end(this.#zooKeeper, 'SIGKILL');
    await rm(this.directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  async #startZooKeeper(): Promise<void> {
    const port = this.zooKeeperPort ?? 0;
    const data = join(this.directory, 'zookeeper');
    const main = 'org.apache.zookeeper.server.ZooKeeperServerMain';
    this.#zooKeeper = await this.#spawn(main, [String(port), data]);
    await this.#untilListening(this.#zooKeeper, port);
  }

  async #spawn(main: string, words: readonly string[]): Promise<ChildProcess> {
    const log = await open(join(this.directory, 'broker.log'), 'a');
    const classPath = join(projectRoot, 'build', `kafka-${this.#version}`, '*');
    const java = ['java', ...javaOptions, '-cp', classPath, main, ...words];
    const [file = '', ...args] = [...(this.#network?.command ?? []), ...java];
    const child = spawn(file, args, {
      cwd: this.directory,
      stdio: ['ignore', log.fd, log.fd],
    });
    await log.close();
    return child;
  }

  async #untilListening(child: ChildProcess, port: number): Promise<void> {
    await waitFor(`port ${port} of a Kafka broker`, startMs, async () => {
      if (child.exitCode !== null) {
        const log = await readFile(join(this.directory, 'broker.log'), 'utf8');
        throw new Error(`the broker ended:\n${log.slice(-4000)}`);
      }
      return this.#network?.answers(port) ?? isListening(port);
    });
  }

  async #writeFiles(
    other: number,
    properties: Readonly<Record<string, string | number>>,
  ): Promise<void> {
    const logs = join(this.directory, 'logs');
    await mkdir(logs);
    const mode =
      this.zooKeeperPort === null ? kraftProperties(this.port, other) : oldProperties(this);
    const all = { ...common, 'log.dirs': logs, ...mode, ...properties };
    await writeFile(join(this.directory, 'server.properties'), lines(all));
    if (this.zooKeeperPort !== null) return;
    // what the tool that formats would write: it takes as long to start as the broker
    const meta = { version: 1, 'node.id': 1, 'cluster.id': clusterId, 'directory.id': directoryId };
    await writeFile(join(logs, 'meta.properties'), lines(meta));
  }
}

const javaOptions = [
  '-Xmx192m',
  '-Xss512k',
  '-XX:TieredStopAtLevel=1',
  '-XX:+UseSerialGC',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
];

/** Any two; nobody else is in these clusters. */
const clusterId = 'Z2VhcnN0b3JtLXRlc3RzMA';
const directoryId = 'Z2VhcnN0b3JtLXRlc3RzMQ';

const common = {
  'num.partitions': 1,
  'num.network.threads': 2,
  'num.io.threads': 2,
  'auto.create.topics.enable': false,
  'offsets.topic.num.partitions': 2,
  'offsets.topic.replication.factor': 1,
  'transaction.state.log.num.partitions': 2,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'group.initial.rebalance.delay.ms': 0,
  'log.cleaner.dedupe.buffer.size': 4_194_304,
  'log.retention.check.interval.ms': 1000,
  'log.segment.delete.delay.ms': 1000,
};

function kraftProperties(port: number, controllerPort: number) {
  return {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@${host}:${controllerPort}`,
    listeners: `PLAINTEXT://${host}:${port},CONTROLLER://${host}:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://${host}:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.protocol.version': '3.9',
  };
}

function oldProperties({ port, zooKeeperPort }: KafkaBroker) {
  return {
    'broker.id': 1,
    listeners: `PLAINTEXT://${host}:${port}`,
    'zookeeper.connect': `${host}:${zooKeeperPort}`,
  };
}

function lines(properties: Readonly<Record<string, unknown>>): string {
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

async function end(child: ChildProcess | null, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const pid = child?.pid;
  if (pid === undefined || child?.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await waitFor(`process ${pid} to end`, stopMs, async () => !(await isRunning(pid)));
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
