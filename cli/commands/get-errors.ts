import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';
import { withNimbus } from '../nimbus-connection.ts';

/** Storm's: one JSON object with the newest error of each component. */
export function getErrorsCommand(
  context: CommandContext,
): CommandModule<object, { topology: string }> {
  return {
    command: 'get-errors <topology>',
    aliases: ['get_errors'],
    describe: 'Print the newest error of each component, as JSON',
    builder: (line) => line.positional('topology', { type: 'string', demandOption: true }),
    handler: async ({ topology }) => {
      const errors = await withNimbus(context, (nimbus) => nimbus.newestErrors(topology));
      const answer =
        errors === null
          ? { Failure: `No topologies running with name ${topology}` }
          : { 'Topology Name': topology, 'Comp-Errors': Object.fromEntries(errors) };
      context.out.write(`${JSON.stringify(answer)}\n`);
    },
  };
}
