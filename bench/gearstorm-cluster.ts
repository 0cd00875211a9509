import { Gearstorm, jars, mustRun } from '../conformance-tests/harness/index.ts';
import type { Cluster } from './cluster.ts';
import { isStartedWith } from './proc.ts';

const zooKeeperMain = 'gearstorm.zookeeper.Main';

/** Ours: one `gearstorm serve` on free ports. */
export class GearstormCluster implements Cluster {
  readonly #gearstorm: Gearstorm;

  private constructor(gearstorm: Gearstorm) {
    this.#gearstorm = gearstorm;
  }

  /** One that does not run yet. */
  static async prepare(): Promise<GearstormCluster> {
    return new GearstormCluster(await Gearstorm.prepare());
  }

  start(): Promise<void> {
    return this.#gearstorm.serve();
  }

  /** The class path of Storm's own client, as `gearstorm classpath` prints it. */
  async clientClassPath(): Promise<string> {
    const { stdout } = await this.#gearstorm.run('classpath');
    return stdout.trim();
  }

  submit(jar: string, main: string, ...words: readonly string[]): Promise<void> {
    return this.#gearstorm.submit(jar, main, ...words);
  }

  submitProgram(file: string, name: string, ...words: readonly string[]): Promise<void> {
    return this.#gearstorm.command('submit', file, '--name', name, ...words);
  }

  async runClient(jar: string, main: string, ...words: readonly string[]): Promise<string> {
    const options = `nimbus.host=127.0.0.1,nimbus.thrift.port=${this.#gearstorm.nimbusPort}`;
    const classPath = `${await this.clientClassPath()}:${jar}`;
    return mustRun('java', [`-Dstorm.options=${options}`, '-cp', classPath, main, ...words]);
  }

  killAndWait(topology: string): Promise<void> {
    return this.#gearstorm.killAndWait(topology);
  }

  benchJar(): Promise<string> {
    return Promise.resolve(jars.acme);
  }

  async daemonPids(): Promise<readonly number[]> {
    return [this.#gearstorm.servePid];
  }

  /** Without ZooKeeper, which is no worker of Storm's either. */
  async workerPids(): Promise<readonly number[]> {
    const pids = await this.#gearstorm.otherProcesses();
    const others = await Promise.all(pids.map((pid) => isStartedWith(pid, [zooKeeperMain])));
    return pids.filter((_, index) => others[index] === false);
  }

  drpcPort(): Promise<number> {
    return Promise.resolve(this.#gearstorm.drpcPort);
  }

  stop(): Promise<void> {
    return this.#gearstorm.stop();
  }
}
