import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';
import { clusterConfiguration } from '../configuration.ts';
import { Ending } from '../ending.ts';
import { makeLogger } from '../logger.ts';
import { writeReadyFile } from '../ready-file.ts';

interface DrpcArguments {
  readonly readyFile?: string | undefined;
}

export function drpcCommand(context: CommandContext): CommandModule<object, DrpcArguments> {
  return {
    command: 'drpc',
    describe: 'Run a DRPC server alone, for topologies that name it in drpc.servers',
    builder: (line) =>
      line.option('ready-file', {
        type: 'string',
        describe: 'File to write the addresses to, as JSON, when everything answers',
      }),
    handler: ({ readyFile }) => serveDrpc(context, readyFile ?? null),
  };
}

/** It knows no topologies, so it takes requests for every function, as Storm's own server does. */
async function serveDrpc(context: CommandContext, readyFile: string | null): Promise<void> {
  const config = clusterConfiguration(context);
  // Loaded here, so that no other command waits for it.
  const { Drpc } = await import('../drpc.ts');
  const logger = makeLogger(context.err);
  const end = new Ending();
  const server = new Drpc({ config, logger, acceptsUnknown: true });
  try {
    const drpcInvocations = await server.startInvocations();
    const callers = await server.startCallers();
    const facts = { pid: process.pid, ...callers, drpcInvocations };
    if (readyFile !== null) await writeReadyFile(readyFile, facts);
    logger.info(facts, 'ready');
    await end.reached;
    logger.info({}, 'stopping');
  } finally {
    await server.stop();
  }
}
