import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandModule } from 'yargs';
import { NotAliveError } from '../../storm-api/index.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../errors.ts';
import { type ExecutorCounts, type NimbusConnection, withNimbus } from '../nimbus-connection.ts';

interface TopArguments {
  readonly topology?: string | undefined;
  readonly interval: number;
  readonly count?: number | undefined;
}

interface Row {
  readonly name: string;
  readonly executors: number;
  readonly counts: readonly number[];
}

const titles = ['Component', 'Executors', 'Emitted/s', 'Executed/s', 'Acked/s', 'Failed/s'];
const nameWidth = 40;
const numberWidth = 11;
/** Clears a terminal and goes to its first line. */
const clear = '\u001b[2J\u001b[H';

export function topCommand(context: CommandContext): CommandModule<object, TopArguments> {
  return {
    command: 'top [topology]',
    describe: 'Show what the components of a topology, or of all, do each second',
    builder: (line) =>
      line
        .positional('topology', { type: 'string' })
        .option('interval', {
          alias: 'i',
          type: 'number',
          requiresArg: true,
          default: 2,
          describe: 'Seconds',
        })
        .option('count', {
          alias: 'n',
          type: 'number',
          requiresArg: true,
          describe: 'End after so many tables',
        }),
    handler: (args) => withNimbus(context, (nimbus) => top(context, nimbus, args)),
  };
}

async function top(
  { out }: CommandContext,
  nimbus: NimbusConnection,
  { topology, interval, count }: TopArguments,
): Promise<void> {
  if (!(interval > 0)) throw new CommandError('-i takes a number of seconds above 0');
  let before = await rows(nimbus, topology);
  let beforeMs = performance.now();
  for (let tables = 0; tables !== count; tables++) {
    await sleep(interval * 1000);
    const now = await rows(nimbus, topology);
    const nowMs = performance.now();
    const isTerminal = (out as { readonly isTTY?: boolean }).isTTY === true;
    out.write(`${isTerminal ? clear : ''}${tableOf(before, now, (nowMs - beforeMs) / 1000)}\n`);
    before = now;
    beforeMs = nowMs;
  }
}

async function rows(
  nimbus: NimbusConnection,
  topology: string | undefined,
): Promise<readonly Row[]> {
  const names =
    topology === undefined ? (await nimbus.topologies()).map(({ name }) => name) : [topology];
  const all: Row[] = [];
  for (const name of names) {
    const byComponent = new Map<string, ExecutorCounts[]>();
    for (const each of await executorsOf(nimbus, name, topology === undefined)) {
      byComponent.set(each.id, [...(byComponent.get(each.id) ?? []), each]);
    }
    for (const [id, executors] of byComponent) {
      all.push({ name: `${name} ${id}`, executors: executors.length, counts: sums(executors) });
    }
  }
  return all;
}

/** @param mayBeGone it was listed, and may have ended meanwhile, or be listed only because it is damaged */
async function executorsOf(
  nimbus: NimbusConnection,
  name: string,
  mayBeGone: boolean,
): Promise<readonly ExecutorCounts[]> {
  try {
    return await nimbus.executors(name);
  } catch (error) {
    const isGone = error instanceof NotAliveError || error instanceof CommandError;
    if (mayBeGone && isGone) return [];
    throw error;
  }
}

function sums(executors: readonly ExecutorCounts[]): readonly number[] {
  const sum = (of: (each: ExecutorCounts) => number) =>
    executors.reduce((total, each) => total + of(each), 0);
  return [
    sum(({ emitted }) => ofUsers(emitted)),
    sum(({ executed }) => executed),
    sum(({ acked }) => acked),
    sum(({ failed }) => failed),
  ];
}

/** Without Storm's own streams, as in Storm's pages. */
function ofUsers(counts: ReadonlyMap<string, number>): number {
  return [...counts].reduce((sum, [name, each]) => (name.startsWith('__') ? sum : sum + each), 0);
}

function tableOf(before: readonly Row[], now: readonly Row[], secs: number): string {
  const earlier = new Map(before.map(({ name, counts }) => [name, counts]));
  const lines = now.map(({ name, executors, counts }) => {
    const rates = counts.map((each, index) => (each - (earlier.get(name)?.[index] ?? each)) / secs);
    return cells([name, String(executors), ...rates.map((rate) => rate.toFixed(0))]);
  });
  return [cells(titles), ...lines].join('\n');
}

function cells([name = '', ...numbers]: readonly string[]): string {
  return name.padEnd(nameWidth) + numbers.map((each) => each.padStart(numberWidth)).join('');
}
