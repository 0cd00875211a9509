import { cpus, loadavg, release, totalmem } from 'node:os';
import { mustRun, runCommand } from './command.ts';

/** What a measured result depends on beside the code it names. */
export interface Surroundings {
  readonly commit: string;
  readonly date: string;
  readonly machine: {
    readonly processor: string;
    readonly cores: number;
    readonly memoryMegabytes: number;
    readonly kernel: string;
    /** Programs that wanted to run, on the average of the last 15 minutes. */
    readonly load: number;
  };
  readonly versions: { readonly node: string; readonly java: string };
}

/** To be kept with every result, so that it can be judged. */
export async function surroundings(): Promise<Surroundings> {
  const java = await runCommand('java', ['-version']);
  return {
    commit: await commit(),
    date: new Date().toISOString(),
    machine: {
      processor: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryMegabytes: Math.round(totalmem() / 1024 / 1024),
      kernel: release(),
      load: loadavg()[2] ?? 0,
    },
    versions: { node: process.version, java: /"([^"]+)"/.exec(java.stderr)?.[1] ?? 'unknown' },
  };
}

async function commit(): Promise<string> {
  const head = (await mustRun('git', ['rev-parse', '--short', 'HEAD'])).trim();
  const changes = await mustRun('git', ['status', '--porcelain', '--untracked-files=no']);
  return changes === '' ? head : `${head} with changes`;
}
