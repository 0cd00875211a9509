import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, type Gearstorm, projectRoot, waitFor } from '../harness/index.ts';

const startMs = 90_000;
const opened = ['java.lang', 'java.util', 'java.nio', 'java.net', 'sun.nio.ch'];

/** The UI daemon of Storm 0.10.2, with the classes of its release and a Nimbus of ours behind it. */
export class StormUi {
  readonly #process: ChildProcess;
  readonly #port: number;

  private constructor(daemon: ChildProcess, port: number) {
    this.#process = daemon;
    this.#port = port;
  }

  /** Resolves when it answers; its files are in the instance's directory. */
  static async start(gearstorm: Gearstorm): Promise<StormUi> {
    const port = await freePort();
    const home = join(gearstorm.directory, 'storm-ui');
    await mkdir(home);
    const nimbus = { 'nimbus.host': '127.0.0.1', 'nimbus.thrift.port': gearstorm.nimbusPort };
    const settings = { ...nimbus, 'logviewer.port': gearstorm.logviewerPort };
    const own = { 'ui.host': '127.0.0.1', 'ui.port': port, 'storm.local.dir': home };
    await writeFile(join(home, 'storm.yaml'), JSON.stringify({ ...settings, ...own }));
    const logFile = join(home, 'ui.log');
    const log = await open(logFile, 'a');
    const daemon = spawn('java', daemonWords(home), { stdio: ['ignore', log.fd, log.fd] });
    await log.close();
    const ui = new StormUi(daemon, port);
    await waitFor('the UI of Storm 0.10.2 to answer', startMs, async () => {
      if (daemon.exitCode !== null) throw new Error(await readFile(logFile, 'utf8'));
      return ui.answers();
    });
    return ui;
  }

  /** @param path below /api/v1 */
  async get(path: string): Promise<unknown> {
    return (await fetch(this.#url(path))).json();
  }

  async post(path: string): Promise<unknown> {
    return (await fetch(this.#url(path), { method: 'POST' })).json();
  }

  async answers(): Promise<boolean> {
    return this.get('/cluster/summary').then(
      (summary) => typeof summary === 'object',
      () => false,
    );
  }

  #url(path: string): string {
    return `http://127.0.0.1:${this.#port}/api/v1${path}`;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
  }
}

/** Compiling less makes it start sooner. */
function daemonWords(home: string): readonly string[] {
  return [
    '-Xmx256m',
    '-XX:TieredStopAtLevel=1',
    ...opened.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
    `-Dstorm.home=${home}`,
    `-Dstorm.log.dir=${home}`,
    '-cp',
    `${home}:${join(projectRoot, 'build/storm-0.10/lib')}/*`,
    'backtype.storm.ui.core',
  ];
}
