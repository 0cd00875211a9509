import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../errors.ts';
import { type NimbusConnection, withNimbus } from '../nimbus-connection.ts';

interface MonitorArguments {
  readonly topology: string;
  readonly interval: number;
  readonly component?: string | undefined;
  readonly stream: string;
  readonly watch: 'emitted' | 'transferred';
  readonly count?: number | undefined;
  readonly json: boolean;
}

const line = '------------------';

/** Storm's: its options, columns and sentences. */
export function monitorCommand(context: CommandContext): CommandModule<object, MonitorArguments> {
  return {
    command: 'monitor <topology>',
    describe: 'Print how many tuples a stream of a component carries, again and again',
    builder: (words) =>
      words
        .positional('topology', { type: 'string', demandOption: true })
        .option('interval', {
          alias: 'i',
          type: 'number',
          requiresArg: true,
          default: 4,
          describe: 'Seconds',
        })
        .option('component', {
          alias: 'm',
          type: 'string',
          requiresArg: true,
          describe: 'Absent: lists them',
        })
        .option('stream', {
          alias: 's',
          type: 'string',
          requiresArg: true,
          default: 'default',
          describe: 'Stream',
        })
        .option('watch', {
          alias: 'w',
          choices: ['emitted', 'transferred'] as const,
          default: 'emitted' as const,
          describe: 'What to count',
        })
        .option('count', {
          alias: 'n',
          type: 'number',
          requiresArg: true,
          describe: 'End after so many lines',
        })
        .option('json', { type: 'boolean', default: false, describe: 'One JSON object a line' }),
    handler: (args) => withNimbus(context, (nimbus) => monitor(context, nimbus, args)),
  };
}

async function monitor(
  { out }: CommandContext,
  nimbus: NimbusConnection,
  args: MonitorArguments,
): Promise<void> {
  const { topology, interval, component, stream, watch } = args;
  if (!(interval > 0)) throw new CommandError('poll interval must be positive');
  if (component === undefined) {
    const components = await componentsOf(nimbus, topology);
    out.write(
      args.json ? `${JSON.stringify({ topology, components })}\n` : listed(topology, components),
    );
    return;
  }
  if (!args.json) {
    out.write(
      `topology\tcomponent\tparallelism\tstream\ttime-diff ms\t${watch}\tthroughput (Kt/s)\n`,
    );
  }
  let last = { atMs: Date.now(), count: 0 };
  for (let lines = 0; lines !== args.count; lines++) {
    if (lines > 0) await sleep(interval * 1000);
    const atMs = Date.now();
    const { executors, count } = await counted(nimbus, args, component);
    const [tookMs, more] = [atMs - last.atMs, count - last.count];
    const throughput = more === 0 || tookMs === 0 ? 0 : more / tookMs;
    const row = [topology, component, executors, stream, tookMs, more, asDouble(throughput)];
    const facts = { topology, component, executors, stream, timeMs: tookMs, [watch]: more };
    out.write(`${args.json ? JSON.stringify(facts) : row.join('\t')}\n`);
    last = { atMs, count };
  }
}

/** @throws CommandError in Storm's words */
async function counted(
  nimbus: NimbusConnection,
  { topology, stream, watch }: MonitorArguments,
  component: string,
): Promise<{ readonly executors: number; readonly count: number }> {
  const own = (await nimbus.executors(topology)).filter(({ id }) => id === component);
  if (own.length === 0) throw new CommandError(`component: ${component} not found`);
  const counts = own.flatMap((each) => each[watch].get(stream) ?? []);
  if (counts.length === 0) throw new CommandError(`stream: ${stream} not found`);
  return { executors: own.length, count: counts.reduce((sum, each) => sum + each, 0) };
}

async function componentsOf(
  nimbus: NimbusConnection,
  topology: string,
): Promise<readonly string[]> {
  return [...new Set((await nimbus.executors(topology)).map(({ id }) => id))];
}

function listed(topology: string, components: readonly string[]): string {
  const lines = [line, ...components, line, 'Please use -m to specify one component'];
  return `Available components for ${topology} :\n${lines.join('\n')}\n`;
}

/** As Java writes a double. */
function asDouble(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
