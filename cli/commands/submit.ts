import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';

interface SubmitArguments {
  readonly file: string;
  readonly words?: string[] | undefined;
  readonly name?: string | undefined;
  readonly submits?: string | undefined;
}

export function submitCommand(context: CommandContext): CommandModule<object, SubmitArguments> {
  return {
    command: 'submit <file> [words..]',
    describe: 'Submit a topology of a TypeScript or JavaScript file',
    builder: (line) =>
      line
        .positional('file', { type: 'string', demandOption: true })
        .positional('words', { type: 'string', array: true })
        .option('name', {
          type: 'string',
          requiresArg: true,
          describe: "The topology's name, instead of its own",
        })
        .option('submits', { type: 'string', hidden: true }),
    handler: async ({ file, words = [], name, submits, _: [, ...afterDashes] }) => {
      const { submitProgram } = await import('../submit-program.ts');
      await submitProgram(context, {
        file,
        words: [...words, ...afterDashes].map(String),
        name: name ?? null,
        submits: submits ?? null,
      });
    },
  };
}
