import type { CommandModule } from 'yargs';
import type { PeekedTuple } from '../../storm-api/index.ts';
import type { CommandContext } from '../command-context.ts';
import { uiAddress } from '../configuration.ts';
import { CommandError } from '../errors.ts';
import { type PeekEvent, peek } from '../peek-client.ts';

interface PeekArguments {
  readonly topology: string;
  readonly component: string;
  readonly stream?: string | undefined;
  readonly n?: number | undefined;
  readonly json: boolean;
  readonly all: boolean;
}

export function peekCommand(context: CommandContext): CommandModule<object, PeekArguments> {
  return {
    command: 'peek <topology> <component> [stream]',
    describe: 'Print live tuples that a component emits',
    builder: (line) =>
      line
        .positional('topology', { type: 'string', demandOption: true })
        .positional('component', { type: 'string', demandOption: true })
        .positional('stream', { type: 'string' })
        .option('n', { type: 'number', requiresArg: true, describe: 'End after so many tuples' })
        .option('json', { type: 'boolean', default: false, describe: 'One JSON object per tuple' })
        .option('all', {
          type: 'boolean',
          default: false,
          describe: 'Every tuple: not rate limited, and an error when any was missed',
        }),
    handler: (line) => printTuples(context, line),
  };
}

async function printTuples(context: CommandContext, line: PeekArguments): Promise<void> {
  const limit = tupleLimit(line.n);
  let shown = 0;
  for await (const event of peek(uiAddress(context), { ...line, stream: line.stream ?? null })) {
    if (event.kind === 'end') return end(context, line, event);
    if (event.kind === 'missed' && line.all) {
      throw new CommandError(`${event.count} tuples were missed`);
    }
    if (event.kind !== 'tuple') continue;
    context.out.write(`${line.json ? JSON.stringify(event.tuple) : readable(event.tuple)}\n`);
    shown += 1;
    if (shown === limit) return;
  }
}

/** A topology that was stopped has no more to show; who wanted a number of tuples did not get it. */
function end(
  context: CommandContext,
  { n }: PeekArguments,
  { reason, complete }: Extract<PeekEvent, { kind: 'end' }>,
): void {
  const sentence = `no more tuples: ${reason}`;
  if (!complete || n !== undefined) throw new CommandError(sentence);
  context.err.write(`${sentence}\n`);
}

function tupleLimit(count: number | undefined): number {
  if (count === undefined) return Number.POSITIVE_INFINITY;
  if (Number.isInteger(count) && count > 0) return count;
  throw new CommandError('-n takes a whole number of tuples, 1 or more');
}

function readable({ task, stream, values }: PeekedTuple): string {
  return `[${task}] ${stream} ${JSON.stringify(values)}`;
}
