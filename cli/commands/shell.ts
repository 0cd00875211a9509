import { posix } from 'node:path';
import type { CommandModule } from 'yargs';
import { readSetting, settings } from '../../storm-api/config/index.ts';
import type { CommandContext } from '../command-context.ts';
import { clientConfiguration } from '../configuration.ts';
import { CommandError } from '../errors.ts';
import { runInPlace } from '../java-client.ts';
import { withNimbus } from '../nimbus-connection.ts';
import { folderEntries } from '../resource-entries.ts';
import { uploadProgress } from '../upload-progress.ts';
import { zipOf } from '../zip-file.ts';

const command = 'shell <resourcesdir> <command> [args..]';

/** For its help only: `runShell` takes the line as it is. */
export function shellCommand(context: CommandContext): CommandModule {
  return {
    command,
    describe: 'Upload a folder as a jar and run a program that submits a topology with it',
    handler: () => runShell(context, []),
  };
}

/**
 * As Storm's: the program is told Nimbus' host and port and where the jar was uploaded to behind its
 * own words, and submits over Thrift. The folder lies in the jar under the path that was given.
 *
 * @throws CommandError
 */
export async function runShell(context: CommandContext, line: readonly string[]): Promise<void> {
  const [folder, program, ...args] = line;
  if (folder === undefined || program === undefined) {
    throw new CommandError(`usage: gearstorm ${command}`);
  }
  const jar = zipOf(await folderEntries(folder, nameInJar(folder)));
  const location = await withNimbus(context, (nimbus) =>
    nimbus.upload(jar, uploadProgress(context.err)),
  );
  const config = clientConfiguration(context);
  const host = readSetting(config, settings.nimbusHost);
  const port = String(readSetting(config, settings.nimbusThriftPort));
  const words = [...args, host, port, location];
  context.setExitCode(await runInPlace({ program, args: words }, 'is it on the PATH?'));
}

/** As the JDK's jar names what lies in a folder: without what leads to the root, or out of where we are. */
function nameInJar(folder: string): string {
  return posix.normalize(folder).replace(/^(\.\.(\/|$)|\/)+|\/+$/g, '');
}
