import { delimiter } from 'node:path';
import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';
import { clientGeneration } from '../configuration.ts';

export function classpathCommand(context: CommandContext): CommandModule {
  return {
    command: 'classpath',
    describe: 'Print the class path of the Storm client',
    handler: () => {
      const libraries = context.paths.stormLibraries(clientGeneration(context));
      context.out.write(`${libraries.join(delimiter)}\n`);
    },
  };
}
