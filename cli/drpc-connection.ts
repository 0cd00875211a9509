import { DrpcClient, DrpcError } from '../drpc/index.ts';
import { readSetting, settings } from '../storm-api/config/index.ts';
import type { StormConf } from '../storm-api/index.ts';
import { reachable } from './bind-address.ts';
import { CommandError } from './errors.ts';

/**
 * Connects to a DRPC server of the configuration for as long as `work` takes: the first of
 * drpc.servers that answers, or this machine's when none is named.
 *
 * @throws CommandError when none answers, or with the reason when a request has no result
 */
export async function withDrpc(
  config: StormConf,
  work: (client: DrpcClient) => Promise<void>,
): Promise<void> {
  const client = await connect(config);
  try {
    await work(client);
  } catch (error) {
    if (!(error instanceof DrpcError)) throw error;
    throw new CommandError(error.message);
  } finally {
    client.close();
  }
}

async function connect(config: StormConf): Promise<DrpcClient> {
  const named = readSetting(config, settings.drpcServers);
  const hosts = named.length > 0 ? named : [reachable(readSetting(config, settings.drpcHost))];
  const port = readSetting(config, settings.drpcPort);
  const problems: string[] = [];
  for (const host of hosts) {
    try {
      return await DrpcClient.connect({ host, port });
    } catch (error) {
      problems.push(`${host}:${port} (${error instanceof Error ? error.message : String(error)})`);
    }
  }
  throw new CommandError(
    `no DRPC server answers at ${problems.join(' or ')}: is "gearstorm serve" or "gearstorm drpc" running, and are drpc.servers and drpc.port right?`,
  );
}
