import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot, waitFor } from '../harness/index.ts';

interface Ready {
  readonly pid: number;
  readonly drpc: { readonly port: number };
  readonly drpcInvocations: { readonly port: number };
}

const readyMs = 30_000;

/** A `gearstorm drpc` on free ports, without a serve. */
export class DrpcAlone {
  readonly ready: Ready;
  readonly #process: ChildProcess;
  readonly #directory: string;

  private constructor(process: ChildProcess, directory: string, ready: Ready) {
    this.#process = process;
    this.#directory = directory;
    this.ready = ready;
  }

  static async start(): Promise<DrpcAlone> {
    const directory = await mkdtemp(join(tmpdir(), 'gearstorm-drpc-'));
    const file = join(directory, 'ready.json');
    const ports = ['drpc.port', 'drpc.invocations.port', 'drpc.http.port'];
    const words = ['drpc', '--ready-file', file, ...ports.flatMap((key) => ['-c', `${key}=0`])];
    const environment = { ...process.env, HOME: directory, STORM_CONF_DIR: directory };
    const child = spawn(join(projectRoot, 'bin/gearstorm'), words, {
      env: environment,
      stdio: 'ignore',
    });
    const ready = await waitFor('the DRPC server', readyMs, async () => {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
      const text = await readFile(file, 'utf8').catch(() => '');
      return text === '' ? null : (JSON.parse(text) as Ready);
    });
    return new DrpcAlone(child, directory, ready);
  }

  async stop(): Promise<void> {
    const ended = this.#process.exitCode === null ? once(this.#process, 'exit') : null;
    process.kill(this.ready.pid, 'SIGTERM');
    await ended;
    await rm(this.#directory, { recursive: true, force: true });
  }
}
