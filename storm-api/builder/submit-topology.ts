import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvalidTopologyError } from '../errors.ts';
import type { NativeTopology } from './native-topology.ts';

/**
 * While a program is run only to make its topology, a function of the global object under this
 * symbol takes what it submits.
 */
export const submissionHook = Symbol.for('gearstorm.submission');

type Hook = (name: string, topology: NativeTopology) => Promise<void>;

/**
 * Submits a topology of the running program to the Nimbus of the configuration, as StormSubmitter
 * does; resolves when it is accepted. The program's file is bundled and run again, with the same
 * words, by every worker, up to this call: what it does before should have no effect of its own.
 * @param conf put over the topology's own configuration
 * @throws InvalidTopologyError with the reason for which it was refused
 */
export async function submitTopology(
  name: string,
  conf: Readonly<Record<string, unknown>>,
  topology: NativeTopology,
): Promise<void> {
  const hook = (globalThis as { [submissionHook]?: Hook })[submissionHook];
  if (hook !== undefined) return await hook(name, topology);
  const [, program = '', ...words] = process.argv;
  const settings = Object.entries(conf).flatMap(([key, value]) => [
    '-c',
    `${key}=${JSON.stringify(value ?? null)}`,
  ]);
  const names = [`--name=${name}`, `--submits=${name}`];
  await gearstorm(['submit', program, ...names, ...settings, '--', ...words]);
}

function gearstorm(words: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [launcher(), ...words], {
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const said: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new InvalidTopologyError(Buffer.concat(said).toString().trim()));
    });
  });
}

function launcher(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'bin', 'gearstorm')) && folder !== dirname(folder)) {
    folder = dirname(folder);
  }
  return join(folder, 'bin', 'gearstorm');
}
