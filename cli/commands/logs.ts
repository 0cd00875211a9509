import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';
import { uiAddress } from '../configuration.ts';
import { CommandError } from '../errors.ts';
import { readLines } from '../line-client.ts';

interface LogsArguments {
  readonly topology: string;
  readonly follow: boolean;
  readonly lines: number;
  readonly json: boolean;
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
        })
        .option('json', {
          type: 'boolean',
          default: false,
          describe: 'One JSON object per line: time, level, logger, component, task',
        }),
    handler: async ({ topology, follow, lines, json }) => {
      const query = new URLSearchParams({ lines: String(lines), follow: String(follow) });
      const path = `/api/gearstorm/topology/${encodeURIComponent(topology)}/logs?${query}`;
      let isOne = false;
      for await (const each of readLines(uiAddress(context), path)) {
        const line = each as LogLine;
        if (line.end !== undefined) throw new CommandError(line.end);
        if (line.ports !== undefined) isOne = line.ports.length === 1;
        else context.out.write(`${json ? JSON.stringify(line) : textOf(line, isOne)}\n`);
      }
    },
  };
}

/** @param isOne whether there is one worker only */
function textOf({ port, line }: LogLine, isOne: boolean): string {
  return isOne ? `${line}` : `${port} ${line}`;
}
