import { join } from 'node:path';
import { type CommandOptions, type CommandResult, runCommand } from './command.ts';
import type { Gearstorm } from './gearstorm.ts';
import { projectRoot } from './project-root.ts';

const home = join(projectRoot, 'build/storm-0.10');

/** Of Storm 0.10.2, as a class path. */
export const stormLibraries = join(home, 'lib', '*');

export interface StormClientOptions extends Pick<CommandOptions, 'timeoutMs' | 'enough'> {
  /** Of the topology that is submitted. */
  readonly jar?: string;
}

/**
 * Runs Java as the `storm` script of 0.10.2 does, with our Nimbus.
 * @param words a main class of Storm's or of the jar, or the file of a program, and its arguments
 */
export function stormClient(
  { nimbusPort, directory }: Gearstorm,
  words: readonly string[],
  { jar, ...options }: StormClientOptions = {},
): Promise<CommandResult> {
  const nimbus = `nimbus.host=127.0.0.1,nimbus.thrift.port=${nimbusPort}`;
  const properties = [`-Dstorm.options=${nimbus}`, `-Dstorm.home=${home}`, '-Dstorm.conf.file='];
  const withJar =
    jar === undefined
      ? ['-cp', stormLibraries]
      : [`-Dstorm.jar=${jar}`, '-cp', `${stormLibraries}:${jar}`];
  return runCommand('java', ['-client', ...properties, ...withJar, ...words], {
    directory,
    ...options,
  });
}
