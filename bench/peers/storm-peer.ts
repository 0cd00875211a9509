import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, open, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustRun, type PrivateNetwork, waitFor } from '../../conformance-tests/harness/index.ts';
import type { Cluster } from '../cluster.ts';
import { benchJar } from './bench-jar.ts';
import { NetworkNamespace } from './network-namespace.ts';
import { type Daemon, type Release, releaseOf } from './releases.ts';
import { bringStorm, writeLogSettings } from './storm-files.ts';

const startTimeoutMs = 120_000;
const clientTimeoutMs = 900_000;
const opened = ['java.lang', 'java.util', 'java.nio', 'java.net', 'java.io', 'sun.nio.ch'];
const opens = opened.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`);

export interface PeerOptions {
  readonly version: string;
  /** Where downloads stay, so that the next run finds them. */
  readonly cache: string;
  /** Storm's 0.9.7 client classes. */
  readonly clientClassPath: string;
  /** Goes over what the peer is configured with otherwise. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Real Apache Storm on this machine: ZooKeeper, nimbus and one supervisor with four slots. */
export class StormPeer implements Cluster {
  readonly #home: string;
  readonly #namespace: NetworkNamespace;
  readonly #clientClassPath: string;
  readonly #release: Release;
  readonly #downloads: string;
  #benchJar: Promise<string> | undefined;
  #starting: Promise<void> | undefined;
  #startingDrpc: Promise<void> | undefined;
  #stopping = false;

  private constructor(home: string, options: PeerOptions) {
    const { version, cache, clientClassPath, settings } = options;
    const release = releaseOf(version);
    this.#home = home;
    this.#release = { ...release, settings: { ...release.settings, ...settings } };
    this.#downloads = join(cache, version);
    this.#clientClassPath = clientClassPath;
    this.#namespace = NetworkNamespace.prepare(`peer-${version}`);
  }

  /** One that does not run yet. */
  static async prepare(options: PeerOptions): Promise<StormPeer> {
    return new StormPeer(await mkdtemp(join(tmpdir(), 'gearstorm-peer-')), options);
  }

  /** @throws Error when a daemon does not come up, or when it is stopped meanwhile */
  async start(): Promise<void> {
    await bringStorm(this.#release, this.#downloads);
    this.#mustNotStop();
    this.#starting = this.#startInside();
    await this.#starting;
  }

  get version(): string {
    return this.#release.version;
  }

  get network(): PrivateNetwork {
    return {
      command: ['ip', ...this.#namespace.prefix],
      answers: (port) => this.#namespace.answers(port),
    };
  }

  benchJar(): Promise<string> {
    const lib = join(this.#home, 'lib');
    this.#benchJar ??= benchJar(this.#release, lib, join(this.#home, 'bench'));
    return this.#benchJar;
  }

  async submit(jar: string, main: string, ...words: readonly string[]): Promise<void> {
    await this.#java([`-Dstorm.jar=${jar}`, '-cp', `${this.#classPath}:${jar}`, main, ...words]);
  }

  runClient(jar: string, main: string, ...words: readonly string[]): Promise<string> {
    const classPath = `${this.#clientClassPath}:${jar}`;
    return this.#java(['-Dstorm.options=nimbus.host=127.0.0.1', '-cp', classPath, main, ...words]);
  }

  async killAndWait(topology: string): Promise<void> {
    const { killMain } = this.#release;
    await this.#java(['-cp', this.#classPath, killMain, topology, '-w', '0']);
    await waitFor(`the workers of ${topology} to end`, startTimeoutMs, async () => {
      return (await this.workerPids()).length === 0;
    });
  }

  daemonPids(): Promise<readonly number[]> {
    return this.#pidsRunning(this.#release.daemons.map(({ main }) => main));
  }

  workerPids(): Promise<readonly number[]> {
    return this.#pidsRunning([this.#release.workerMain]);
  }

  /** Starts the DRPC daemon when it is first asked for. @throws Error where there is none */
  async drpcPort(): Promise<number> {
    const { drpcDaemon } = this.#release;
    if (drpcDaemon?.port == null) throw new Error(`Storm ${this.version} has no DRPC daemon here`);
    this.#startingDrpc ??= this.#startDaemon(drpcDaemon);
    await this.#startingDrpc;
    return drpcDaemon.port;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    // what starts now would escape the removal
    await Promise.allSettled([this.#starting, this.#startingDrpc]);
    await this.#namespace.remove();
    await rm(this.#home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  get #classPath(): string {
    return `${join(this.#home, 'lib')}/*:${join(this.#home, 'conf')}`;
  }

  get #properties(): readonly string[] {
    return [
      `-Dstorm.home=${this.#home}`,
      `-Dstorm.log.dir=${join(this.#home, 'logs')}`,
      '-Dstorm.conf.file=',
      `-Djava.io.tmpdir=${join(this.#home, 'tmp')}`,
      '-Dzookeeper.sasl.client=false',
      `-Djdk.net.hosts.file=${join(this.#home, 'hosts')}`,
      `-Dlog4j.configurationFile=file://${join(this.#home, 'log4j2/cluster.xml')}`,
    ];
  }

  async #startInside(): Promise<void> {
    await NetworkNamespace.removeAbandoned(`peer-${this.version}`);
    await this.#namespace.create();
    await this.#writeHome();
    for (const daemon of this.#release.daemons) await this.#startDaemon(daemon);
  }

  async #writeHome(): Promise<void> {
    for (const folder of Object.keys(this.#release.libraries)) {
      await symlink(join(this.#downloads, folder), join(this.#home, folder)); // supervisors look there
    }
    for (const name of ['conf', 'logs', 'local', 'zk', 'tmp', 'bin', 'extlib', 'extlib-daemon']) {
      await mkdir(join(this.#home, name));
    }
    await writeFile(join(this.#home, 'RELEASE'), `${this.version}\n`);
    await writeFile(join(this.#home, 'hosts'), `127.0.0.1 localhost ${hostname()}\n`);
    await writeLogSettings(this.#home);
    await writeFile(join(this.#home, 'conf/storm.yaml'), this.#stormYaml());
  }

  #stormYaml(): string {
    const childOptions = [
      '-Xmx768m',
      ...opens,
      `-Djdk.net.hosts.file=${join(this.#home, 'hosts')}`,
    ];
    const settings = {
      'storm.zookeeper.servers': ['127.0.0.1'],
      'storm.local.hostname': 'localhost',
      'storm.local.dir': join(this.#home, 'local'),
      'dev.zookeeper.path': join(this.#home, 'zk'),
      'storm.log.dir': join(this.#home, 'logs'),
      'supervisor.slots.ports': [6700, 6701, 6702, 6703],
      'worker.childopts': childOptions.join(' '),
      'topology.worker.logwriter.childopts': '-Xmx64m',
      ...this.#release.settings,
    };
    const lines = Object.entries(settings).map(
      ([key, value]) => `${key}: ${JSON.stringify(value)}`,
    );
    return `${lines.join('\n')}\n`;
  }

  async #startDaemon({ name, main, heap, port }: Daemon): Promise<void> {
    const output = await open(join(this.#home, 'logs', `${name}.out`), 'a');
    this.#mustNotStop();
    const properties = [`-Ddaemon.name=${name}`, `-Dlogfile.name=${name}.log`, ...this.#properties];
    const java = ['java', '-server', ...opens, `-Xmx${heap}`, '-Dstorm.options=', ...properties];
    spawn('ip', [...this.#namespace.prefix, ...java, '-cp', this.#classPath, main], {
      cwd: this.#home,
      env: { ...process.env, STORM_CONF_DIR: join(this.#home, 'conf') },
      stdio: ['ignore', output.fd, output.fd],
    });
    await output.close();
    if (port !== null) {
      await waitFor(`${name} to answer`, startTimeoutMs, () => {
        this.#mustNotStop();
        return this.#namespace.answers(port);
      });
    }
  }

  #java(words: readonly string[]): Promise<string> {
    this.#mustNotStop();
    const properties = [...opens, ...this.#properties, '-Dlogfile.name=client.log'];
    return mustRun('ip', [...this.#namespace.prefix, 'java', ...properties, ...words], {
      timeoutMs: clientTimeoutMs,
    });
  }

  #mustNotStop(): void {
    if (this.#stopping) throw new Error(`Storm ${this.version} is being stopped`);
  }

  async #pidsRunning(mains: readonly string[]): Promise<readonly number[]> {
    const pids = await this.#namespace.pids();
    const commands = await Promise.all(pids.map(commandOf));
    return pids.filter((_, index) => commands[index]?.some((word) => mains.includes(word)));
  }
}

async function commandOf(pid: number): Promise<readonly string[]> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.split('\0');
}
