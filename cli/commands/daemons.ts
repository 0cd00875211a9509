import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';
import { clusterConfiguration } from '../configuration.ts';
import { CommandError } from '../errors.ts';
import { withNimbus } from '../nimbus-connection.ts';

const pollMs = 2_000;
const startMs = 60_000;

/** A daemon of Storm that serve does the work of: it goes on as long as a serve answers. */
export function attachedCommand(context: CommandContext, name: string): CommandModule {
  return {
    command: name,
    describe: `Do nothing while "gearstorm serve" runs, which does the work of Storm's ${name}`,
    handler: async () => {
      await found(context, name);
      context.out.write(`gearstorm serve does the work of storm ${name}; this ends with it\n`);
      while (await answers(context)) await sleep(pollMs);
    },
  };
}

/** A part of Storm that is not needed here; scripts that start it go on. */
export function needlessCommand(
  { out }: CommandContext,
  name: string,
  sentence: string,
): CommandModule {
  return {
    command: name,
    describe: false,
    handler: () => {
      out.write(`${sentence}\n`);
    },
  };
}

/** A command of later Storms that has nothing to work on here: it fails, as nothing was done. */
export function absentCommand(name: string, sentence: string): CommandModule {
  return {
    command: `${name} [words..]`,
    describe: false,
    builder: (line) => line.strict(false),
    handler: () => {
      throw new CommandError(sentence);
    },
  };
}

/** Init scripts start Storm's daemons in any order. @throws CommandError */
async function found(context: CommandContext, name: string): Promise<void> {
  const endMs = performance.now() + startMs;
  while (!(await answers(context))) {
    if (performance.now() > endMs) {
      throw new CommandError(`storm ${name} is a part of "gearstorm serve", which does not run`);
    }
    await sleep(pollMs);
  }
}

async function answers(context: CommandContext): Promise<boolean> {
  const config = clusterConfiguration(context); // daemons do not look into the home directory
  return withNimbus(context, (nimbus) => nimbus.topologies(), config).then(
    () => true,
    () => false,
  );
}
