import { delimiter } from 'node:path';
import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';

export function classpathCommand({ paths, out }: CommandContext): CommandModule {
  return {
    command: 'classpath',
    describe: 'Print the class path of the Storm client',
    handler: () => {
      out.write(`${paths.stormLibraries().join(delimiter)}\n`);
    },
  };
}
