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
  readonly json: boolean;
}

interface Row {
  readonly topology: string;
  readonly component: string;
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
        })
        .option('json', {
          type: 'boolean',
          default: false,
          describe: 'A line with one JSON list instead of each table',
        }),
    handler: (args) => withNimbus(context, (nimbus) => top(context, nimbus, args)),
  };
}

async function top(
  { out }: CommandContext,
  nimbus: NimbusConnection,
  { topology, interval, count, json }: TopArguments,
): Promise<void> {
  if (!(interval > 0)) throw new CommandError('-i takes a number of seconds above 0');
  let before = await rows(nimbus, topology);
  let beforeMs = performance.now();
  for (let tables = 0; tables !== count; tables++) {
    await sleep(interval * 1000);
    const now = await rows(nimbus, topology);
    const nowMs = performance.now();
    const rates = ratesOf(before, now, (nowMs - beforeMs) / 1000);
    const isTerminal = (out as { readonly isTTY?: boolean }).isTTY === true;
    if (json) out.write(`${JSON.stringify(rates.map(asFacts))}\n`);
    else out.write(`${isTerminal ? clear : ''}${tableOf(rates)}\n`);
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
      const counts = sums(executors);
      all.push({ topology: name, component: id, executors: executors.length, counts });
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

/** Of each row the counts by second; of one that is new, none. */
function ratesOf(before: readonly Row[], now: readonly Row[], secs: number): readonly Row[] {
  const earlier = new Map(before.map((row) => [nameOf(row), row.counts]));
  return now.map((row) => {
    const old = earlier.get(nameOf(row));
    const counts = row.counts.map((each, index) => (each - (old?.[index] ?? each)) / secs);
    return { ...row, counts };
  });
}

function nameOf({ topology, component }: Row): string {
  return `${topology} ${component}`;
}

function asFacts({ topology, component, executors, counts }: Row) {
  const [emitted, executed, acked, failed] = counts;
  return { topology, component, executors, perSecond: { emitted, executed, acked, failed } };
}

function tableOf(rates: readonly Row[]): string {
  const lines = rates.map((row) =>
    cells([nameOf(row), String(row.executors), ...row.counts.map((rate) => rate.toFixed(0))]),
  );
  return [cells(titles), ...lines].join('\n');
}

function cells([name = '', ...numbers]: readonly string[]): string {
  return name.padEnd(nameWidth) + numbers.map((each) => each.padStart(numberWidth)).join('');
}
