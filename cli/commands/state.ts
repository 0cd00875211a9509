import { createInterface } from 'node:readline/promises';
import type { CommandModule } from 'yargs';
import type { StateClaim } from '../../storm-api/index.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../errors.ts';
import { type KeptState, KeptStates } from '../kept-states.ts';

interface StateArguments {
  readonly action: 'list' | 'clear';
  readonly path?: string[] | undefined;
  readonly all?: boolean | undefined;
  readonly yes?: boolean | undefined;
  readonly force?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** What transactional topologies, Trident and others keep in the ZooKeeper that serve brings. */
export function stateCommand(context: CommandContext): CommandModule<object, StateArguments> {
  return {
    command: 'state <action> [path..]',
    describe: "List or clear what topologies keep in serve's ZooKeeper",
    builder: (line) =>
      line
        .positional('action', { choices: ['list', 'clear'] as const, demandOption: true })
        .positional('path', { type: 'string', array: true })
        .option('all', { type: 'boolean', describe: 'Clear everything' })
        .option('yes', { type: 'boolean', alias: 'y', describe: 'Clear without asking' })
        .option('force', {
          type: 'boolean',
          describe: 'Clear what a living topology uses, or may use, too',
        })
        .option('json', { type: 'boolean', describe: 'List one JSON list instead' }),
    handler: async ({ action, path = [], all = false, yes = false, force = false, json }) => {
      const states = KeptStates.of(context);
      if (action === 'list') list(context, await states.list(), json);
      else await clear(context, states, { paths: path, all, yes, force });
    },
  };
}

function list({ out }: CommandContext, states: readonly KeptState[], json = false): void {
  if (json) {
    out.write(`${JSON.stringify(states)}\n`);
    return;
  }
  if (states.length === 0) {
    out.write('No state.\n');
    return;
  }
  const rows = states.map(({ path, nodes, bytes, changedAtMs }) => [
    path,
    String(nodes),
    String(bytes),
    new Date(changedAtMs).toISOString(),
  ]);
  const table = [['path', 'nodes', 'bytes', 'last change'], ...rows];
  const width = Math.max(...table.map(([path = '']) => path.length));
  for (const [path = '', nodes = '', bytes = '', change = ''] of table) {
    out.write(`${path.padEnd(width)}  ${nodes.padStart(6)}  ${bytes.padStart(8)}  ${change}\n`);
  }
}

interface ClearRequest {
  readonly paths: readonly string[];
  readonly all: boolean;
  readonly yes: boolean;
  readonly force: boolean;
}

async function clear(
  context: CommandContext,
  states: KeptStates,
  { paths, all, yes, force }: ClearRequest,
): Promise<void> {
  const kept = (await states.list()).map(({ path }) => path);
  const wanted = all ? kept : paths;
  const unknown = wanted.find((path) => !kept.includes(path));
  if (unknown !== undefined) {
    throw new CommandError(
      `there is no state ${unknown}: "gearstorm state list" shows what there is`,
    );
  }
  if (wanted.length === 0) {
    throw new CommandError(
      all ? 'there is no state' : 'usage: gearstorm state clear (PATH... | --all)',
    );
  }
  if (!force) await checkNobodyUses(states, wanted);
  if (!yes) await confirm(context, wanted);
  await states.clear(wanted);
  for (const path of wanted) context.out.write(`cleared ${path}\n`);
}

/** @throws CommandError that names the living topology whose batches are numbered there */
async function checkNobodyUses(states: KeptStates, paths: readonly string[]): Promise<void> {
  for (const { topology, path } of await claimsOf(states)) {
    const wanted = paths.find((each) => path === each || path.startsWith(`${each}/`));
    if (wanted === undefined) continue;
    throw new CommandError(
      `${topology} is alive and numbers its batches at ${path}: kill it first; --force clears ${wanted} all the same`,
    );
  }
}

/** @throws CommandError when serve cannot say which there are */
async function claimsOf(states: KeptStates): Promise<readonly StateClaim[]> {
  try {
    return await states.claims();
  } catch (cause) {
    if (!(cause instanceof CommandError)) throw cause;
    throw new CommandError(
      `whether a living topology uses it is not known, --force clears it all the same: ${cause.message}`,
    );
  }
}

/** @throws CommandError when the answer is not yes, or nobody can be asked */
async function confirm({ err }: CommandContext, paths: readonly string[]): Promise<void> {
  if (!process.stdin.isTTY) throw new CommandError('--yes is needed where nobody can be asked');
  const line = createInterface({ input: process.stdin, output: err });
  const question = `Topologies that still use it lose their place in their sources. Clear ${paths.join(', ')}? (yes/no) `;
  const answer = await line.question(question);
  line.close();
  if (answer.trim() !== 'yes') throw new CommandError('nothing was cleared');
}
