import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';
import { withNimbus } from '../nimbus-connection.ts';
import { topologyTable } from '../topology-table.ts';

export function listCommand(context: CommandContext): CommandModule<object, { json: boolean }> {
  return {
    command: 'list',
    describe: 'List the running topologies and their statuses',
    builder: (line) =>
      line.option('json', { type: 'boolean', default: false, describe: 'One JSON list instead' }),
    handler: async ({ json }) => {
      const topologies = await withNimbus(context, (nimbus) => nimbus.topologies());
      context.out.write(json ? `${JSON.stringify(topologies)}\n` : topologyTable(topologies));
    },
  };
}
