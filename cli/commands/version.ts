import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';
import { clientGeneration } from '../configuration.ts';
import { stormVersions } from '../product-paths.ts';

/** The first line is what clients that ask `storm version` look for: they take `0.9.7` and `Storm 0.9.7`. */
export function versionCommand(context: CommandContext): CommandModule {
  const { paths, out } = context;
  return {
    command: 'version',
    describe: 'Print the Storm version we speak, and our own',
    handler: () => {
      const { version } = JSON.parse(readFileSync(join(paths.root, 'package.json'), 'utf8'));
      out.write(`Storm ${stormVersions[clientGeneration(context)]}\nGearstorm ${version}\n`);
    },
  };
}
