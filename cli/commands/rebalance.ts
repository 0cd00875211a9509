import type { CommandModule } from 'yargs';
import { StormConf } from '../../storm-api/index.ts';
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
  readonly resources?: readonly string[] | undefined;
  readonly topologyConf?: readonly string[] | undefined;
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
        })
        .option('resources', {
          alias: 'r',
          type: 'string',
          requiresArg: true,
          array: true,
          nargs: 1,
          describe: 'JSON of resources by component; refused, as executors are placed by slots',
        })
        .option('topology-conf', {
          alias: 't',
          type: 'string',
          requiresArg: true,
          array: true,
          nargs: 1,
          describe:
            "JSON of keys of the topology's configuration that get other values; may be repeated",
        }),
    handler: async ({ topology, wait, numWorkers, executor, resources, topologyConf }) => {
      const request = {
        waitSecs: numberOrNull(wait, '-w takes a whole number of seconds, 0 or more', 0),
        workers: numberOrNull(numWorkers, '-n takes a whole number of workers, 1 or more', 1),
        executors: new Map((executor ?? []).map(parseExecutors)),
        resources: new Map((resources ?? []).flatMap(parseResources)),
        overrides: (topologyConf ?? []).map(parseConf).reduce(merged, StormConf.empty),
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

function parseConf(text: string): StormConf {
  try {
    return StormConf.fromJson(text);
  } catch {
    throw new CommandError(`-t takes a JSON object, not ${text}`);
  }
}

function merged(first: StormConf, second: StormConf): StormConf {
  return first.merge(second);
}

/** Nimbus refuses them, and says why: what matters here is that they reach it. */
function parseResources(text: string): readonly (readonly [string, ReadonlyMap<string, number>])[] {
  try {
    const entries = Object.entries(JSON.parse(text) as Record<string, Record<string, number>>);
    return entries.map(([component, each]) => [component, new Map(Object.entries(each))]);
  } catch {
    throw new CommandError(`-r takes JSON as {"component": {"resource": number}}, not ${text}`);
  }
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
