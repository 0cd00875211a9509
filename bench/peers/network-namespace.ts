import { type CommandResult, mustRun, runCommand } from '../../conformance-tests/harness/index.ts';

/**
 * A network of its own: Storm's daemons bind the wildcard address and fixed ports, and nothing of
 * that is to be seen outside. Needs root and iproute2.
 */
export class NetworkNamespace {
  readonly name: string;

  private constructor(name: string) {
    this.name = name;
  }

  static async create(name: string): Promise<NetworkNamespace> {
    await mustRun('ip', ['netns', 'add', name]);
    const namespace = new NetworkNamespace(name);
    await namespace.run('ip', ['link', 'set', 'lo', 'up']);
    return namespace;
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

  async remove(): Promise<void> {
    await mustRun('ip', ['netns', 'del', this.name]);
  }
}
