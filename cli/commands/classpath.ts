import { delimiter } from 'node:path';
import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';
import { clientGeneration } from '../configuration.ts';
import { daemonExtensionJars } from '../extension-jars.ts';
import { clientLibraries } from '../java-client.ts';

export function classpathCommand(context: CommandContext): CommandModule {
  return {
    command: 'classpath',
    describe: 'Print the class path of the Storm client',
    handler: () => print(context, clientLibraries(context)),
  };
}

export function serverClasspathCommand(context: CommandContext): CommandModule {
  return {
    command: 'server_classpath',
    describe: "Print the class path of Storm's daemons",
    handler: () => {
      const own = daemonExtensionJars(context, clientGeneration(context));
      print(context, [...clientLibraries(context), ...own]);
    },
  };
}

function print({ out }: CommandContext, entries: readonly string[]): void {
  out.write(`${entries.join(delimiter)}\n`);
}
