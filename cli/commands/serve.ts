import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.ts';
import { clusterConfiguration, namesZooKeeper, stormYaml } from '../configuration.ts';
import { Ending } from '../ending.ts';
import { daemonLogsFolder, LogFile } from '../log-file.ts';
import { makeLogger } from '../logger.ts';

interface ServeArguments {
  readonly readyFile?: string | undefined;
}

export function serveCommand(context: CommandContext): CommandModule<object, ServeArguments> {
  return {
    command: 'serve',
    describe: 'Run everything of one machine in the foreground',
    builder: (line) =>
      line.option('ready-file', {
        type: 'string',
        requiresArg: true,
        describe: 'File to write the addresses to, as JSON, when everything answers',
      }),
    handler: ({ readyFile }) => serve(context, readyFile ?? null),
  };
}

async function serve(context: CommandContext, readyFile: string | null): Promise<void> {
  const config = clusterConfiguration(context);
  // Loaded here, so that no other command waits for what only serve needs.
  const { Serve } = await import('../serve.ts');
  const { drpcAccessList } = await import('../drpc-access-list.ts');
  const { writeReadyFile } = await import('../ready-file.ts');
  const logger = makeLogger(context.err, new LogFile(daemonLogsFolder(config)));
  const end = new Ending();
  const server = new Serve({
    ...{ config, logger, context, paths: context.paths, environment: context.environment },
    drpcAccessList: drpcAccessList(config, stormYaml(context, 'daemon')),
    configOf: (generation) => clusterConfiguration(context, generation),
    namesZooKeeper: namesZooKeeper(context),
    signal: end.signal,
    onLeadershipLost: (reason) => {
      logger.error({ reason }, 'another serve has taken over');
      context.setExitCode(1);
      end.reach();
    },
  });
  const facts = await server.start();
  try {
    if (readyFile !== null) await writeReadyFile(readyFile, facts);
    logger.info({ nimbus: facts.nimbus, drpc: facts.drpc, ui: facts.ui }, 'ready');
    await end.reached;
  } finally {
    logger.info({}, 'stopping');
    await server.stop();
  }
}
