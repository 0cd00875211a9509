import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../errors.ts';

interface LocalArguments {
  readonly file: string;
  readonly args?: string[] | undefined;
  readonly ttl?: number | undefined;
}

export function localCommand(context: CommandContext): CommandModule<object, LocalArguments> {
  return {
    command: 'local <file> [args..]',
    describe: 'Run a topology of a TypeScript or JavaScript file here, with live counts',
    builder: (line) =>
      line
        .positional('file', { type: 'string', demandOption: true })
        .positional('args', { type: 'string', array: true })
        .option('ttl', { type: 'number', describe: 'Seconds until it ends; else at Ctrl-C' }),
    handler: async ({ file, args = [], ttl }) => {
      if (ttl !== undefined && !(ttl > 0)) throw new CommandError('--ttl takes seconds above 0');
      const { runLocal } = await import('../local-run.ts');
      await runLocal(context, { file, args: args.map(String), ttlSecs: ttl ?? null });
    },
  };
}
