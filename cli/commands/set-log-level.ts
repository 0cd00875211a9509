import type { CommandModule } from 'yargs';
import { InvalidLogLevelError, type LoggerChange, loggerChange } from '../../storm-api/index.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../errors.ts';
import { withNimbus } from '../nimbus-connection.ts';

interface SetLogLevelArguments {
  readonly topology: string;
  readonly l: readonly string[];
  readonly r: readonly string[];
}

export function setLogLevelCommand(
  context: CommandContext,
): CommandModule<object, SetLogLevelArguments> {
  return {
    command: 'set_log_level <topology>',
    aliases: ['set-log-level'],
    describe: "Change how much a topology's loggers tell while it runs",
    builder: (line) =>
      line
        .positional('topology', { type: 'string', demandOption: true })
        .option('l', {
          type: 'string',
          requiresArg: true,
          array: true,
          nargs: 1,
          default: [],
          describe:
            'LOGGER=LEVEL[:SECONDS]: ALL, TRACE, DEBUG, INFO, WARN, ERROR, FATAL or OFF; ROOT is the logger that all inherit from',
        })
        .option('r', {
          type: 'string',
          requiresArg: true,
          array: true,
          nargs: 1,
          default: [],
          describe: 'LOGGER: back to the level that it had',
        }),
    handler: async ({ topology, l, r }) => {
      const changes = asked(l, r);
      if (changes.length === 0) throw new CommandError('say -l LOGGER=LEVEL or -r LOGGER');
      await withNimbus(context, (nimbus) => nimbus.changeLogLevels(topology, changes));
      const told = changes.map(({ logger, level, timeoutSecs }) =>
        level === null ? `${logger} as before` : `${logger}=${level}${duration(timeoutSecs)}`,
      );
      context.out.write(`Log levels of topology ${topology}: ${told.join(', ')}\n`);
    },
  };
}

function asked(levels: readonly string[], removals: readonly string[]): readonly LoggerChange[] {
  try {
    return [...levels.map(parseLevel), ...removals.map((logger) => loggerChange(logger, null, 0))];
  } catch (error) {
    if (error instanceof InvalidLogLevelError) throw new CommandError(error.message);
    throw error;
  }
}

function parseLevel(text: string): LoggerChange {
  const match = /^([^=]*)=([^=:]+)(?::([0-9]+))?$/.exec(text);
  if (match === null) {
    throw new CommandError(
      `"${text}" should be in the form [logger name]=[log level][:optional timeout]`,
    );
  }
  const [, logger = '', level = '', secs = '0'] = match;
  return loggerChange(logger, level, Number(secs));
}

function duration(secs: number): string {
  return secs === 0 ? '' : ` for ${secs} s`;
}
