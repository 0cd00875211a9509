import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';
import { type NimbusConnection, withNimbus } from '../nimbus-connection.ts';

type TopologyCommand = CommandModule<object, { topology: string }>;

export function activateCommand(context: CommandContext): TopologyCommand {
  return {
    command: 'activate <topology>',
    describe: 'Start the spouts of a deactivated topology',
    builder: (line) => line.positional('topology', { type: 'string', demandOption: true }),
    handler: ({ topology }) =>
      change(context, 'Activated', topology, (nimbus) => nimbus.activate(topology)),
  };
}

export function deactivateCommand(context: CommandContext): TopologyCommand {
  return {
    command: 'deactivate <topology>',
    describe: 'Stop the spouts; what they have emitted is processed',
    builder: (line) => line.positional('topology', { type: 'string', demandOption: true }),
    handler: ({ topology }) =>
      change(context, 'Deactivated', topology, (nimbus) => nimbus.deactivate(topology)),
  };
}

async function change(
  context: CommandContext,
  done: string,
  topology: string,
  work: (nimbus: NimbusConnection) => Promise<void>,
): Promise<void> {
  await withNimbus(context, work);
  context.out.write(`${done} topology: ${topology}\n`);
}
