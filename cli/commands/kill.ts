import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../errors.ts';
import { withNimbus } from '../nimbus-connection.ts';

interface KillArguments {
  readonly topology: string;
  readonly wait?: number | undefined;
}

export function killCommand(context: CommandContext): CommandModule<object, KillArguments> {
  return {
    command: 'kill <topology>',
    describe: 'Stop the spouts at once, and the topology when its tuples had time to finish',
    builder: (line) =>
      line.positional('topology', { type: 'string', demandOption: true }).option('wait', {
        alias: ['w', 'wait-time-secs'], // Storm 2's long name
        type: 'number',
        requiresArg: true,
        describe: 'Seconds between the two; default: topology.message.timeout.secs',
      }),
    handler: async ({ topology, wait }) => {
      const waitSecs = wait ?? null;
      if (waitSecs !== null && (!Number.isInteger(waitSecs) || waitSecs < 0)) {
        throw new CommandError('-w takes a whole number of seconds, 0 or more');
      }
      await withNimbus(context, (nimbus) => nimbus.kill(topology, waitSecs));
      context.out.write(`Killed topology: ${topology}\n`);
    },
  };
}
