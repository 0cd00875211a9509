import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../errors.ts';
import { withNimbus } from '../nimbus-connection.ts';

/** What Thrift can carry. */
const int32Max = 0x7fffffff;

interface RebalanceArguments {
  readonly topology: string;
  readonly wait?: number | undefined;
  readonly numWorkers?: number | undefined;
  readonly executor?: readonly string[] | undefined;
}

export function rebalanceCommand(
  context: CommandContext,
): CommandModule<object, RebalanceArguments> {
  return {
    command: 'rebalance <topology>',
    describe: 'Stop the spouts, wait, and start the topology anew on other workers and executors',
    builder: (line) =>
      line
        .positional('topology', { type: 'string', demandOption: true })
        .option('wait', {
          alias: ['w', 'wait-time-secs'], // Storm 2's long name
          type: 'number',
          requiresArg: true,
          describe: 'Seconds to wait; default: topology.message.timeout.secs',
        })
        .option('num-workers', {
          alias: 'n',
          type: 'number',
          requiresArg: true,
          describe: 'Workers that it shall have',
        })
        .option('executor', {
          alias: 'e',
          type: 'string',
          requiresArg: true,
          array: true,
          nargs: 1,
          describe: 'component=executors; may be repeated',
        }),
    handler: async ({ topology, wait, numWorkers, executor }) => {
      const request = {
        waitSecs: numberOrNull(wait, '-w takes a whole number of seconds, 0 or more', 0),
        workers: numberOrNull(numWorkers, '-n takes a whole number of workers, 1 or more', 1),
        executors: new Map((executor ?? []).map(parseExecutors)),
      };
      await withNimbus(context, (nimbus) => nimbus.rebalance(topology, request));
      context.out.write(`Topology ${topology} is rebalancing\n`);
    },
  };
}

function numberOrNull(value: number | undefined, rule: string, least: number): number | null {
  if (value === undefined) return null;
  if (!Number.isInteger(value) || value < least || value > int32Max) throw new CommandError(rule);
  return value;
}

/** A component's name may hold "=": the last one counts, as in Storm. */
function parseExecutors(text: string): readonly [string, number] {
  const at = text.lastIndexOf('=');
  const count = text.slice(at + 1);
  if (at < 1 || !/^\d{1,9}$/.test(count)) {
    throw new CommandError(`-e takes component=executors, not ${text}`);
  }
  return [text.slice(0, at), Number(count)];
}
