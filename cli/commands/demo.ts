import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';

export function demoCommand(context: CommandContext): CommandModule<object, { once: boolean }> {
  return {
    command: 'demo',
    describe: 'Run storm-starter 0.9.4, built in 2015, and watch it count words',
    builder: (line) =>
      line.option('once', {
        type: 'boolean',
        default: false,
        describe: 'Check that no count is missing or repeated, then end',
      }),
    handler: async ({ once }) => {
      const { runDemo } = await import('../demo.ts');
      await runDemo(context, once);
    },
  };
}
