import type { CommandModule } from 'yargs';
import { readSetting, settings } from '../../storm-api/config/index.ts';
import type { DrpcFunctionSummary } from '../../storm-api/index.ts';
import { reachable } from '../bind-address.ts';
import type { CommandContext } from '../command-context.ts';
import { clientConfiguration, clusterConfiguration, stormYaml } from '../configuration.ts';
import { drpcTable } from '../drpc-table.ts';
import { Ending } from '../ending.ts';
import { readJson } from '../line-client.ts';
import { makeLogger } from '../logger.ts';
import { writeReadyFile } from '../ready-file.ts';

interface DrpcArguments {
  readonly what?: string | undefined;
  readonly json: boolean;
  readonly readyFile?: string | undefined;
}

export function drpcCommand(context: CommandContext): CommandModule<object, DrpcArguments> {
  return {
    command: 'drpc [what]',
    describe: 'Run a DRPC server alone; "drpc stats": what became of requests',
    builder: (line) =>
      line
        .positional('what', { choices: ['stats'], describe: 'Asks a server that runs' })
        .option('json', { type: 'boolean', default: false, describe: 'One JSON list instead' })
        .option('ready-file', {
          type: 'string',
          requiresArg: true,
          describe: 'File to write the addresses to, as JSON, when everything answers',
        }),
    handler: ({ what, json, readyFile }) =>
      what === 'stats' ? showStatistics(context, json) : serveDrpc(context, readyFile ?? null),
  };
}

async function showStatistics(context: CommandContext, json: boolean): Promise<void> {
  const config = clientConfiguration(context);
  const [named = readSetting(config, settings.drpcHost)] = readSetting(
    config,
    settings.drpcServers,
  );
  const at = { host: reachable(named), port: readSetting(config, settings.drpcHttpPort) };
  const answer = await readJson(at, '/api/gearstorm/drpc', 'drpc.http.port');
  const { functions } = answer as { readonly functions: readonly DrpcFunctionSummary[] };
  context.out.write(json ? `${JSON.stringify(functions)}\n` : drpcTable(functions));
}

/** It knows no topologies, so it takes requests for every function, as Storm's own server does. */
async function serveDrpc(context: CommandContext, readyFile: string | null): Promise<void> {
  const config = clusterConfiguration(context);
  // Loaded here, so that no other command waits for it.
  const { Drpc } = await import('../drpc.ts');
  const { drpcAccessList } = await import('../drpc-access-list.ts');
  const logger = makeLogger(context.err);
  const end = new Ending();
  const accessList = drpcAccessList(config, stormYaml(context, 'daemon'));
  const server = new Drpc({ config, logger, acceptsUnknown: true, accessList, workersOf: null });
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
