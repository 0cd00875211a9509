import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';
import { uiAddress } from '../configuration.ts';
import { CommandError } from '../errors.ts';
import { readLines } from '../line-client.ts';

interface LogsArguments {
  readonly topology: string;
  readonly follow: boolean;
  readonly lines: number;
}

interface LogLine {
  readonly ports?: readonly number[];
  readonly port?: number;
  readonly line?: string;
  readonly end?: string;
}

export function logsCommand(context: CommandContext): CommandModule<object, LogsArguments> {
  return {
    command: 'logs <topology>',
    describe: "Print the last lines of the workers' logs",
    builder: (line) =>
      line
        .positional('topology', { type: 'string', demandOption: true })
        .option('follow', { alias: 'f', type: 'boolean', default: false, describe: 'Go on' })
        .option('lines', {
          alias: 'n',
          type: 'number',
          requiresArg: true,
          default: 100,
          describe: 'Lines of each worker to begin with',
        }),
    handler: async ({ topology, follow, lines }) => {
      const query = new URLSearchParams({ lines: String(lines), follow: String(follow) });
      const path = `/api/gearstorm/topology/${encodeURIComponent(topology)}/logs?${query}`;
      let isOne = false;
      for await (const each of readLines(uiAddress(context), path)) {
        const { ports, port, line, end } = each as LogLine;
        if (ports !== undefined) isOne = ports.length === 1;
        else if (end !== undefined) throw new CommandError(end);
        else context.out.write(isOne ? `${line}\n` : `${port} ${line}\n`);
      }
    },
  };
}
