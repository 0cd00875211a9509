import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { readSetting, settings } from '../storm-api/config/index.ts';
import type { StateClaim, StateClaims } from '../storm-api/index.ts';
import type { CommandContext } from './command-context.ts';
import { clusterConfiguration, namesZooKeeper, uiAddress } from './configuration.ts';
import { CommandError } from './errors.ts';
import { readJson, type UiAddress } from './line-client.ts';

const toolTimeoutMs = 60_000;
const outputBytesMax = 64 * 1024 * 1024;

/** What one topology, or one source of it, keeps. */
export interface KeptState {
  /** In ZooKeeper, such as `/transactional/my-source`. */
  readonly path: string;
  readonly nodes: number;
  readonly bytes: number;
  readonly changedAtMs: number;
}

/** The states in the ZooKeeper of the serve that has this command's configuration. */
export class KeptStates {
  readonly #java: string;
  readonly #classPath: readonly string[];
  readonly #address: string;
  readonly #ui: UiAddress;

  private constructor(
    java: string,
    classPath: readonly string[],
    { address, ui }: { readonly address: string; readonly ui: UiAddress },
  ) {
    this.#java = java;
    this.#classPath = classPath;
    this.#address = address;
    this.#ui = ui;
  }

  /** @throws CommandError when there is none that is serve's */
  static of(context: CommandContext): KeptStates {
    if (namesZooKeeper(context)) {
      throw new CommandError(
        'storm.zookeeper.servers names a ZooKeeper that is not ours: ask its own tools',
      );
    }
    const { JAVA_HOME: home } = context.environment;
    const java = home ? join(home, 'bin', 'java') : 'java';
    const at = { address: addressOf(context), ui: uiAddress(context) };
    return new KeptStates(java, context.paths.zooKeeperClassPath(), at);
  }

  /** Sorted by path. @throws CommandError */
  async list(): Promise<readonly KeptState[]> {
    const lines = (await this.#run(['list'])).split('\n').filter((line) => line !== '');
    return lines.map((line) => {
      const [path = '', nodes, bytes, changedAtMs] = line.split('\t');
      return {
        path,
        nodes: Number(nodes),
        bytes: Number(bytes),
        changedAtMs: Number(changedAtMs),
      };
    });
  }

  /**
   * Which of them living topologies use to number their batches.
   * @throws CommandError when the serve that has this ZooKeeper does not answer
   */
  async claims(): Promise<readonly StateClaim[]> {
    const answer = (await readJson(this.#ui, '/api/gearstorm/states', 'ui.port')) as StateClaims;
    const { zooKeeper, claims } = answer;
    if (zooKeeper !== null && `${zooKeeper.host}:${zooKeeper.port}` === this.#address)
      return claims;
    throw new CommandError(
      `the serve at ${this.#ui.host}:${this.#ui.port} has another ZooKeeper: is ui.port right?`,
    );
  }

  /** @throws CommandError */
  async clear(paths: readonly string[]): Promise<void> {
    await this.#run(['clear', ...paths]);
  }

  async #run([action = '', ...paths]: readonly string[]): Promise<string> {
    const main = ['-cp', this.#classPath.join(delimiter), 'gearstorm.zookeeper.States'];
    const args = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=error', ...main, action, this.#address];
    try {
      const limits = { timeout: toolTimeoutMs, maxBuffer: outputBytesMax };
      const { stdout } = await promisify(execFile)(this.#java, [...args, ...paths], limits);
      return stdout;
    } catch (cause) {
      const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
      const reason = said.split('\n')[0] || String(cause);
      throw new CommandError(`ZooKeeper cannot be asked: ${reason} (does gearstorm serve run?)`);
    }
  }
}

/** serve writes down which port its ZooKeeper has. */
function addressOf(context: CommandContext): string {
  const directory = resolve(readSetting(clusterConfiguration(context), settings.localDirectory));
  try {
    const port = readFileSync(join(directory, 'zookeeper', 'port'), 'utf8').trim();
    return `127.0.0.1:${port}`;
  } catch {
    throw new CommandError(`no serve has run with storm.local.dir ${directory}`);
  }
}
