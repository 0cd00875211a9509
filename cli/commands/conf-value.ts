import type { CommandModule } from 'yargs';
import type { StormConf } from '../../storm-api/index.ts';
import type { CommandContext } from '../command-context.ts';
import { confValueText } from '../conf-value-text.ts';
import { clientConfiguration, clusterConfiguration } from '../configuration.ts';

type ConfValueCommand = CommandModule<object, { name: string }>;

export function localConfValueCommand(context: CommandContext): ConfValueCommand {
  return confValueCommand(context, {
    command: 'localconfvalue <name>',
    describe: 'Print a value of the configuration that client commands use',
    load: clientConfiguration,
  });
}

export function remoteConfValueCommand(context: CommandContext): ConfValueCommand {
  return confValueCommand(context, {
    command: 'remoteconfvalue <name>',
    describe: 'Print a value of the configuration that serve uses on this machine',
    load: clusterConfiguration,
  });
}

function confValueCommand(
  context: CommandContext,
  {
    command,
    describe,
    load,
  }: { command: string; describe: string; load: (context: CommandContext) => StormConf },
): ConfValueCommand {
  return {
    command,
    describe,
    builder: (line) => line.positional('name', { type: 'string', demandOption: true }),
    handler: ({ name }) => {
      context.out.write(`${name}: ${confValueText(load(context).text(name))}\n`);
    },
  };
}
