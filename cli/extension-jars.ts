import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { jarsIn } from '../storm-api/config/index.ts';
import type { Generation } from '../storm-api/index.ts';
import type { CommandContext } from './command-context.ts';

/**
 * What whoever looks after this machine puts behind Storm's own libraries, for clients and workers:
 * the jars of `extlib/` in Storm's home, which is STORM_HOME or ours of the generation, and what
 * STORM_EXT_CLASSPATH names. A folder there stands for its jars, or for itself where it has none.
 */
export function extensionJars(context: CommandContext, generation: Generation): readonly string[] {
  return extensions(context, generation, { folder: 'extlib', variable: 'STORM_EXT_CLASSPATH' });
}

/** The same for daemons alone: `extlib-daemon/` and STORM_EXT_CLASSPATH_DAEMON. */
export function daemonExtensionJars(
  context: CommandContext,
  generation: Generation,
): readonly string[] {
  const names = { folder: 'extlib-daemon', variable: 'STORM_EXT_CLASSPATH_DAEMON' };
  return extensions(context, generation, names);
}

function extensions(
  { environment, paths }: CommandContext,
  generation: Generation,
  { folder, variable }: { readonly folder: string; readonly variable: string },
): readonly string[] {
  const home = environment['STORM_HOME'] || paths.stormHome(generation);
  const named = (environment[variable] ?? '').split(delimiter);
  return [
    ...jarsIn(join(home, folder)),
    ...named.flatMap((entry) => {
      const jars = jarsIn(entry);
      return jars.length > 0 || !existsSync(entry) ? jars : [entry];
    }),
  ];
}
