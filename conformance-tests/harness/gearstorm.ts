import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandResult, mustRun, runCommand } from './command.ts';
import { isRunning, processesNaming } from './processes.ts';
import { projectRoot } from './project-root.ts';
import { waitFor } from './wait-for.ts';

const launcher = join(projectRoot, 'bin/gearstorm');
const readyTimeoutMs = 60_000;
const stopTimeoutMs = 30_000;
const jarDirectory = join(projectRoot, 'build/topologies');

/** The jars that set-up leaves for the tests: Apache's examples, and ours of ../topologies. */
export const jars = {
  starter: join(jarDirectory, 'storm-starter-0.9.4.jar'),
  acme: join(jarDirectory, 'acme-topologies.jar'),
  kafka: join(jarDirectory, 'kafka-topologies.jar'),
};

/** What `gearstorm list --json` says of a topology. */
export interface ListedTopology {
  readonly name: string;
  readonly status: string;
  readonly problem: string | null;
}

/** What the page shows of a worker. */
export interface ShownWorker {
  readonly state: string;
  readonly restarts: number;
  readonly lastExit: string | null;
}

/** One tuple of `gearstorm peek --json`. */
export interface Peeked {
  readonly task: number;
  readonly stream: string;
  readonly values: readonly unknown[];
}

type Configuration = Readonly<Record<string, string | number>>;

export interface GearstormOptions {
  /** Configuration beside the free ports and the directory that every instance gets. */
  readonly config?: Configuration;
  /** Words in front of the serve command, such as a program that limits it. */
  readonly wrapper?: (localDirectory: string) => readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

interface Address {
  readonly host: string;
  readonly port: number;
}

interface Ready {
  readonly pid: number;
  readonly nimbus: Address;
  readonly drpc: Address;
  readonly drpcInvocations: Address;
  readonly drpcHttp: Address;
  readonly ui: Address | null;
  readonly logviewer: Address;
}

/** A `gearstorm serve` of its own, with its own directory, and the command line that talks to it. */
export class Gearstorm {
  /** Everything this instance writes lies below; no other process names it. */
  readonly directory: string;
  readonly #options: GearstormOptions;
  #serve: ChildProcess | null = null;
  #ready: Ready | null = null;

  private constructor(directory: string, options: GearstormOptions) {
    this.directory = directory;
    this.#options = options;
  }

  static async start(options: GearstormOptions = {}): Promise<Gearstorm> {
    const gearstorm = await Gearstorm.prepare(options);
    await gearstorm.serve();
    return gearstorm;
  }

  /** An instance whose serve does not run yet. */
  static async prepare(options: GearstormOptions = {}): Promise<Gearstorm> {
    const directory = await mkdtemp(join(tmpdir(), 'gearstorm-'));
    await mkdir(join(directory, 'conf'));
    return new Gearstorm(directory, options);
  }

  get servePid(): number {
    return this.#address().pid;
  }

  get nimbusPort(): number {
    return this.#address().nimbus.port;
  }

  /** Of the page and the REST interface. */
  get uiUrl(): string {
    const { ui } = this.#address();
    if (ui === null) throw new Error('this serve has no page');
    return `http://${ui.host}:${ui.port}`;
  }

  get logviewerPort(): number {
    return this.#address().logviewer.port;
  }

  /** Where callers of DRPC functions find serve. */
  get drpcPort(): number {
    return this.#address().drpc.port;
  }

  /** Where topologies fetch the requests of DRPC functions. */
  get drpcInvocationsPort(): number {
    return this.#address().drpcInvocations.port;
  }

  get drpcUrl(): string {
    const { host, port } = this.#address().drpcHttp;
    return `http://${host}:${port}/drpc`;
  }

  get localDirectory(): string {
    return join(this.directory, 'local');
  }

  /**
   * Starts serve, again after an end, and returns once it answers.
   * @param config put over the configuration of this instance
   */
  async serve(config: Configuration = {}): Promise<void> {
    const readyFile = join(this.directory, 'ready.json');
    await rm(readyFile, { force: true });
    const log = await open(join(this.directory, 'serve.log'), 'a');
    const command = [...this.#serveCommand(readyFile), ...configArguments(config)];
    const [file = launcher, ...args] = command;
    const serve = spawn(file, args, {
      cwd: this.directory,
      env: this.#environment(),
      stdio: ['ignore', log.fd, log.fd],
    });
    await log.close();
    this.#serve = serve;
    this.#ready = await waitFor('serve to be ready', readyTimeoutMs, async () => {
      if (serve.exitCode !== null) throw new Error(`serve ended:\n${await this.serveLog()}`);
      return readReady(readyFile);
    });
  }

  /** Runs serve where it is expected to end by itself. */
  runServe(config: Configuration): Promise<CommandResult> {
    const [file = launcher, ...args] = [
      ...this.#serveCommand(join(this.directory, 'ready.json')),
      ...configArguments(config),
    ];
    return runCommand(file, args, {
      directory: this.directory,
      environment: this.#environment(),
      timeoutMs: readyTimeoutMs,
    });
  }

  serveLog(): Promise<string> {
    return readFile(join(this.directory, 'serve.log'), 'utf8');
  }

  /** Any gearstorm command, pointed at this instance. */
  run(...args: readonly string[]): Promise<CommandResult> {
    return this.runIn(this.#environment(), ...args);
  }

  /** One that has to succeed. @throws Error with all output when it does not */
  async command(...args: readonly string[]): Promise<void> {
    await this.#mustRun(...args);
  }

  /** For programs that are their own clients: where they find a storm.yaml that names this instance. */
  async clientEnvironment(): Promise<NodeJS.ProcessEnv> {
    const folder = await mkdtemp(join(this.directory, 'client-'));
    const { nimbus } = this.#address();
    const yaml = `nimbus.host: ${nimbus.host}\nnimbus.thrift.port: ${nimbus.port}\n`;
    await mkdir(join(folder, '.storm'));
    await writeFile(join(folder, '.storm', 'storm.yaml'), yaml);
    return { ...this.#environment(), HOME: folder };
  }

  /** Any command in another environment. */
  runIn(environment: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<CommandResult> {
    const words = [...args, ...this.#clientArguments()];
    return runCommand(launcher, words, { directory: this.directory, environment });
  }

  /** Runs a main as `storm jar` does; the words are those of the main. */
  jar(jar: string, main: string, ...words: readonly string[]): Promise<CommandResult> {
    return this.run('jar', jar, main, ...words);
  }

  /** @throws Error with all output when the main does not end well */
  async submit(jar: string, main: string, ...words: readonly string[]): Promise<void> {
    await this.#mustRun('jar', jar, main, ...words);
  }

  async list(): Promise<readonly ListedTopology[]> {
    return JSON.parse(await this.#mustRun('list', '--json')) as readonly ListedTopology[];
  }

  /** What the page shows of a topology's workers; none of one that it does not show. */
  async shownWorkers(topology: string): Promise<readonly ShownWorker[]> {
    const { ui } = this.#address();
    const answer = await fetch(`http://${ui?.host}:${ui?.port}/api/gearstorm/live`);
    const live = (await answer.json()) as {
      readonly topologies: readonly { name: string; workers: readonly ShownWorker[] }[];
    };
    return live.topologies.find(({ name }) => name === topology)?.workers ?? [];
  }

  /** The next `count` tuples of a component, none left out; waits until that many were emitted. */
  async peek(topology: string, component: string, count: number): Promise<readonly Peeked[]> {
    const words = ['peek', topology, component, '-n', String(count), '--json', '--all'];
    const text = await this.#mustRun(...words);
    const lines = text.split('\n').filter((line) => line.startsWith('{'));
    return lines.map((line) => JSON.parse(line) as Peeked);
  }

  /** Kills a topology without a wait and returns when it is not listed any more. */
  async killAndWait(topology: string): Promise<void> {
    await this.#mustRun('kill', topology, '-w', '0');
    await waitFor(`${topology} to be gone`, stopTimeoutMs, async () => {
      const topologies = await this.list();
      return topologies.every(({ name }) => name !== topology);
    });
  }

  /** The processes of this instance other than serve itself. */
  async otherProcesses(): Promise<readonly number[]> {
    const pids = await processesNaming(this.directory);
    return pids.filter((pid) => pid !== this.#serve?.pid && pid !== this.#ready?.pid);
  }

  /** What a power cut does to serve: its workers are left alone. */
  async crash(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /**
   * Ends serve and whatever it left behind, and removes the directory.
   * @throws Error when serve did not end by itself
   */
  async stop(): Promise<void> {
    try {
      await this.#end('SIGTERM');
    } finally {
      for (const pid of await processesNaming(this.directory)) killQuietly(pid);
      await rm(this.directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    }
  }

  #mustRun(...args: readonly string[]): Promise<string> {
    const words = [...args, ...this.#clientArguments()];
    const environment = this.#environment();
    return mustRun(launcher, words, { directory: this.directory, environment });
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const pid = this.#ready?.pid ?? this.#serve?.pid;
    if (pid === undefined || !(await isRunning(pid))) return;
    process.kill(pid, signal);
    await waitFor(
      `serve to end after ${signal}`,
      stopTimeoutMs,
      async () => !(await isRunning(pid)),
    );
  }

  #address(): Ready {
    if (this.#ready === null) throw new Error('serve was not started');
    return this.#ready;
  }

  #serveCommand(readyFile: string): readonly string[] {
    const config = {
      'storm.local.dir': this.localDirectory,
      'nimbus.thrift.port': 0,
      'drpc.port': 0,
      'drpc.invocations.port': 0,
      'drpc.http.port': 0,
      'ui.port': 0,
      'logviewer.port': 0,
      ...this.#options.config,
    };
    const words = ['serve', '--ready-file', readyFile, ...configArguments(config)];
    const wrapper = this.#options.wrapper?.(this.localDirectory) ?? [];
    return [...wrapper, launcher, ...words];
  }

  #clientArguments(): readonly string[] {
    const { nimbus, drpc, ui } = this.#address();
    const uiConfig = ui === null ? {} : { 'ui.host': ui.host, 'ui.port': ui.port };
    return configArguments({
      'nimbus.host': nimbus.host,
      'nimbus.thrift.port': nimbus.port,
      'drpc.port': drpc.port,
      ...uiConfig,
    });
  }

  /** Nobody's storm.yaml but our own is to be found. */
  #environment(): NodeJS.ProcessEnv {
    const conf = join(this.directory, 'conf');
    const base = this.#options.environment ?? process.env;
    return { ...base, HOME: this.directory, STORM_CONF_DIR: conf };
  }
}

function configArguments(config: Configuration): readonly string[] {
  return Object.entries(config).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
}

async function readReady(file: string): Promise<Ready | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Ready;
  } catch {
    return null; // not there yet, or half written
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended by itself
  }
}
