import { readFile } from 'node:fs/promises';
import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../errors.ts';
import { parseJavaProperties } from '../java-properties.ts';
import { withNimbus } from '../nimbus-connection.ts';

interface UploadArguments {
  readonly topology: string;
  readonly pairs?: readonly string[] | undefined;
  readonly file?: string | undefined;
  readonly user?: string | undefined;
  readonly exceptionWhenEmpty?: boolean | undefined;
}

export function uploadCredentialsCommand(
  context: CommandContext,
): CommandModule<object, UploadArguments> {
  return {
    command: 'upload-credentials <topology> [pairs..]',
    describe: 'Replace the credentials of a topology: key value key value ...',
    builder: (line) =>
      line
        .positional('topology', { type: 'string', demandOption: true })
        .positional('pairs', { type: 'string', array: true })
        .option('file', {
          alias: 'f',
          type: 'string',
          requiresArg: true,
          describe: 'A Java properties file with more of them',
        })
        .option('user', {
          alias: 'u',
          type: 'string',
          requiresArg: true,
          describe: 'Whom the topology has to belong to',
        })
        .option('exception-when-empty', {
          alias: 'e',
          type: 'boolean',
          describe: 'Fail when there are none to upload',
        }),
    handler: async ({ topology, pairs = [], file, user, exceptionWhenEmpty }) => {
      const credentials = new Map([
        ...(file === undefined ? [] : await readProperties(file)),
        ...inPairs(pairs),
      ]);
      if (credentials.size === 0) {
        if (exceptionWhenEmpty === true) {
          throw new CommandError(`No credentials were uploaded for ${topology}`);
        }
        context.out.write(`No credentials were found to push to ${topology}\n`);
        return;
      }
      await withNimbus(context, (nimbus) =>
        nimbus.uploadCredentials(topology, credentials, user ?? null),
      );
      context.out.write(`Uploaded new creds to topology: ${topology}\n`);
    },
  };
}

function inPairs(words: readonly string[]): readonly (readonly [string, string])[] {
  if (words.length % 2 !== 0) {
    throw new CommandError('credentials are pairs of a key and a value: the last key has none');
  }
  return words.flatMap((key, index) =>
    index % 2 === 0 ? [[key, words[index + 1] ?? ''] as const] : [],
  );
}

async function readProperties(file: string): Promise<ReadonlyMap<string, string>> {
  try {
    return parseJavaProperties(await readFile(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`the credentials cannot be read: ${reason}`);
  }
}
