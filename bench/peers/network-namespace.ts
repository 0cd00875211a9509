import {
  type CommandResult,
  isRunning,
  mustRun,
  runCommand,
  waitFor,
} from '../../conformance-tests/harness/index.ts';

const endTimeoutMs = 60_000;
const quietLooksEnough = 3;
const failuresMax = 10;

/**
 * A network of its own: Storm's daemons bind the wildcard address and fixed ports, and nothing of
 * that is to be seen outside. Needs root and iproute2.
 */
export class NetworkNamespace {
  readonly name: string;
  #quietLooks = 0;

  private constructor(name: string) {
    this.name = name;
  }

  /** One that does not exist yet; its name ends with our process id. */
  static prepare(prefix: string): NetworkNamespace {
    return new NetworkNamespace(`${prefix}-${process.pid}`);
  }

  /** Ends what benches that were killed have left behind under such names. */
  static async removeAbandoned(prefix: string): Promise<void> {
    for (const name of await namesOfAll()) {
      const owner = name.startsWith(`${prefix}-`) ? Number(name.slice(prefix.length + 1)) : NaN;
      if (Number.isInteger(owner) && !(await isRunning(owner))) {
        await new NetworkNamespace(name).remove();
      }
    }
  }

  async create(): Promise<void> {
    await mustRun('ip', ['netns', 'add', this.name]);
    await this.run('ip', ['link', 'set', 'lo', 'up']);
  }

  /** The words in front of a command that is to run inside. */
  get prefix(): readonly string[] {
    return ['netns', 'exec', this.name];
  }

  run(file: string, args: readonly string[]): Promise<CommandResult> {
    return runCommand('ip', [...this.prefix, file, ...args]);
  }

  async answers(port: number): Promise<boolean> {
    const { exitCode } = await this.run('bash', ['-c', `exec 3<>/dev/tcp/127.0.0.1/${port}`]);
    return exitCode === 0;
  }

  /** Every process inside; all of them were started through this object. */
  async pids(): Promise<readonly number[]> {
    const output = await mustRun('ip', ['netns', 'pids', this.name]);
    return output.split('\n').filter(Boolean).map(Number);
  }

  /** Ends every process inside and removes the namespace; nothing when there is none. */
  async remove(): Promise<void> {
    let failures = 0;
    await waitFor(`${this.name} to be gone`, endTimeoutMs, async () => {
      try {
        return await this.#removeOnceQuiet();
      } catch (error) {
        // a signal to the whole group of processes ends our `ip` commands too
        failures++;
        if (failures === failuresMax) throw error;
        return false;
      }
    });
  }

  /** True when it is gone; false when it has to be looked at again. */
  async #removeOnceQuiet(): Promise<boolean> {
    if (!(await namesOfAll()).includes(this.name)) return true;
    const pids = await this.pids();
    for (const pid of pids) killQuietly(pid);
    // a program that was just being started may only now have moved inside
    this.#quietLooks = pids.length === 0 ? this.#quietLooks + 1 : 0;
    if (this.#quietLooks < quietLooksEnough) return false;
    await mustRun('ip', ['netns', 'del', this.name]);
    return true;
  }
}

async function namesOfAll(): Promise<readonly string[]> {
  const output = await mustRun('ip', ['netns', 'list']);
  return output.split('\n').flatMap((line) => line.split(' ')[0] || []);
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended by itself
  }
}
