import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';
import { clientConfiguration } from '../configuration.ts';
import { CommandError } from '../errors.ts';

interface DrpcClientArguments {
  readonly words?: readonly string[] | undefined;
  readonly function?: string | undefined;
}

interface Call {
  readonly function: string;
  readonly args: string;
}

export function drpcClientCommand(
  context: CommandContext,
): CommandModule<object, DrpcClientArguments> {
  return {
    command: 'drpc-client [words..]',
    describe: 'Call DRPC functions: "drpc-client f a g b", or "drpc-client -f f a b"',
    builder: (line) =>
      line.positional('words', { type: 'string', array: true }).option('function', {
        alias: 'f',
        type: 'string',
        requiresArg: true,
        describe: 'Function to call once with each argument',
      }),
    handler: ({ words, function: name }) => callAll(context, callsOf(words ?? [], name)),
  };
}

/** Storm's forms: pairs of function and argument, or arguments of one function. */
function callsOf(words: readonly string[], name: string | undefined): readonly Call[] {
  if (words.length === 0) throw new CommandError('there is nothing to call a function with');
  if (name !== undefined) return words.map((args) => ({ function: name, args }));
  if (words.length % 2 !== 0) {
    throw new CommandError(
      `without -f, arguments come in pairs of a function and its argument; here are ${words.length}`,
    );
  }
  return words.flatMap((word, index) =>
    index % 2 === 0 ? [{ function: word, args: words[index + 1] ?? '' }] : [],
  );
}

async function callAll(context: CommandContext, calls: readonly Call[]): Promise<void> {
  const { withDrpc } = await import('../drpc-connection.ts');
  await withDrpc(clientConfiguration(context), async (client) => {
    for (const { function: name, args } of calls) {
      const result = await client.execute(name, args);
      context.out.write(`${name} "${args}" => "${result}"\n`);
    }
  });
}
