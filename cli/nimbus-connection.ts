import { readSetting, settings } from '../storm-api/config/index.ts';
import type { Topology } from '../storm-api/index.ts';
import { NimbusClient } from '../storm-api/nimbus/index.ts';
import { fromModel } from '../storm-api/thrift/index.ts';
import type { CommandContext } from './command-context.ts';
import { clientConfiguration } from './configuration.ts';
import { CommandError } from './errors.ts';
import type { ListedTopology } from './topology-table.ts';

const timeoutMs = 60_000;
/** Storm's client sends as much at a time. */
const chunkBytes = 307_200;

/** What stays as it is, is null or absent. */
export interface RebalanceWish {
  readonly waitSecs: number | null;
  readonly workers: number | null;
  readonly executors: ReadonlyMap<string, number>;
}

/** The calls of Nimbus that commands make. */
export class NimbusConnection {
  readonly #client: NimbusClient;

  constructor(client: NimbusClient) {
    this.#client = client;
  }

  async topologies(): Promise<readonly (ListedTopology & { readonly id: string })[]> {
    const { topologies } = await this.#client.call('getClusterInfo', {});
    return topologies.map((each) => ({
      id: each.id,
      name: each.name,
      status: each.status,
      tasks: each.num_tasks,
      executors: each.num_executors,
      workers: each.num_workers,
      uptimeSecs: each.uptime_secs,
      problem: each.sched_status ?? null,
    }));
  }

  /** @throws NotAliveError */
  async kill(name: string, waitSecs: number | null): Promise<void> {
    const options = waitSecs === null ? {} : { wait_secs: waitSecs };
    await this.#client.call('killTopologyWithOpts', { name, options });
  }

  /** @throws NotAliveError */
  async activate(name: string): Promise<void> {
    await this.#client.call('activate', { name });
  }

  /** @throws NotAliveError */
  async deactivate(name: string): Promise<void> {
    await this.#client.call('deactivate', { name });
  }

  /** @throws NotAliveError */
  async uploadCredentials(name: string, credentials: ReadonlyMap<string, string>): Promise<void> {
    await this.#client.call('uploadNewCredentials', { name, creds: { creds: credentials } });
  }

  /** @returns where the submission finds it */
  async upload(bytes: Uint8Array): Promise<string> {
    const location = await this.#client.call('beginFileUpload', {});
    for (let start = 0; start < bytes.length; start += chunkBytes) {
      const chunk = bytes.subarray(start, start + chunkBytes);
      await this.#client.call('uploadChunk', { location, chunk });
    }
    await this.#client.call('finishFileUpload', { location });
    return location;
  }

  /** @throws AlreadyAliveError, InvalidTopologyError */
  async submit(topology: Topology, uploadedJarLocation: string): Promise<void> {
    await this.#client.call('submitTopology', {
      name: topology.name,
      uploadedJarLocation,
      jsonConf: topology.config.toJson(),
      topology: fromModel(topology),
    });
  }

  /** @throws NotAliveError, InvalidTopologyError */
  async rebalance(name: string, wish: RebalanceWish): Promise<void> {
    const { waitSecs, workers, executors } = wish;
    const options = {
      ...(waitSecs === null ? {} : { wait_secs: waitSecs }),
      ...(workers === null ? {} : { num_workers: workers }),
      ...(executors.size === 0 ? {} : { num_executors: executors }),
    };
    await this.#client.call('rebalance', { name, options });
  }
}

/**
 * Connects to the Nimbus of the configuration for as long as `work` takes.
 *
 * @throws CommandError when none answers there
 */
export async function withNimbus<Result>(
  context: CommandContext,
  work: (nimbus: NimbusConnection) => Promise<Result>,
): Promise<Result> {
  const config = clientConfiguration(context);
  const host = readSetting(config, settings.nimbusHost);
  const port = readSetting(config, settings.nimbusThriftPort);
  const client = await NimbusClient.connect({ host, port, timeoutMs }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(
      `no Nimbus answers at ${host}:${port} (${reason}): is "gearstorm serve" running, and are nimbus.host and nimbus.thrift.port right?`,
    );
  });
  try {
    return await work(new NimbusConnection(client));
  } finally {
    client.close();
  }
}
