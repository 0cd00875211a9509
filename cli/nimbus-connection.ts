import { readSetting, settings } from '../storm-api/config/index.ts';
import type { LoggerChange, StormConf, Topology } from '../storm-api/index.ts';
import { logConfigOf, NimbusClient } from '../storm-api/nimbus/index.ts';
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
  /** By component and resource. */
  readonly resources: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Keys of the topology's configuration that get other values. */
  readonly overrides: StormConf;
}

/** What one executor counted since it was first placed. */
export interface ExecutorCounts {
  /** Of its component. */
  readonly id: string;
  /** By stream. */
  readonly emitted: ReadonlyMap<string, number>;
  readonly transferred: ReadonlyMap<string, number>;
  readonly executed: number;
  readonly acked: number;
  readonly failed: number;
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

  /** Of every executor, Storm's own included. @throws CommandError in the words of Storm's monitor */
  async executors(name: string): Promise<readonly ExecutorCounts[]> {
    const id = await this.#idOf(name);
    if (id === null) throw new CommandError(`topology: ${name} not found`);
    const { executors } = await this.#client.call('getTopologyInfo', { id });
    return executors.map(({ component_id, stats }) => ({
      id: component_id,
      emitted: numbersOf(stats?.emitted),
      transferred: numbersOf(stats?.transferred),
      ...inputsOf(stats),
    }));
  }

  /** By component, of those that have any; null when there is no such topology. */
  async newestErrors(name: string): Promise<ReadonlyMap<string, string> | null> {
    const id = await this.#idOf(name);
    if (id === null) return null;
    const options = { num_err_choice: 'ONE' } as const;
    const { errors } = await this.#client.call('getTopologyInfoWithOpts', { id, options });
    return new Map(
      [...errors].flatMap(([component, [newest]]) =>
        newest === undefined ? [] : [[component, newest.error]],
      ),
    );
  }

  async #idOf(name: string): Promise<string | null> {
    return (await this.topologies()).find((each) => each.name === name)?.id ?? null;
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

  /** @param owner whom the topology has to belong to; null: anybody. @throws NotAliveError */
  async uploadCredentials(
    name: string,
    credentials: ReadonlyMap<string, string>,
    owner: string | null,
  ): Promise<void> {
    const creds = { creds: credentials, ...(owner === null ? {} : { topoOwner: owner }) };
    await this.#client.call('uploadNewCredentials', { name, creds });
  }

  /** @throws CommandError when there is no such topology */
  async changeLogLevels(name: string, changes: readonly LoggerChange[]): Promise<void> {
    const id = await this.#idOf(name);
    if (id === null) throw new CommandError(`${name} is not a running topology`);
    await this.#client.call('setLogConfig', { name: id, config: logConfigOf(changes) });
  }

  /**
   * @param onSent told at the beginning and after each part
   * @returns where the submission finds it
   */
  async upload(
    bytes: Uint8Array,
    onSent: (sentBytes: number, totalBytes: number) => void,
  ): Promise<string> {
    const location = await this.#client.call('beginFileUpload', {});
    onSent(0, bytes.length);
    for (let start = 0; start < bytes.length; start += chunkBytes) {
      const chunk = bytes.subarray(start, start + chunkBytes);
      await this.#client.call('uploadChunk', { location, chunk });
      onSent(start + chunk.length, bytes.length);
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
    const { waitSecs, workers, executors, resources, overrides } = wish;
    const options = {
      ...(waitSecs === null ? {} : { wait_secs: waitSecs }),
      ...(workers === null ? {} : { num_workers: workers }),
      ...(executors.size === 0 ? {} : { num_executors: executors }),
      ...(resources.size === 0 ? {} : { topology_resources_overrides: resources }),
      ...(overrides.size === 0 ? {} : { topology_conf_overrides: overrides.toJson() }),
    };
    await this.#client.call('rebalance', { name, options });
  }
}

/**
 * Connects to the Nimbus of the configuration for as long as `work` takes.
 * @param config the client's, unless a daemon asks
 *
 * @throws CommandError when none answers there
 */
export async function withNimbus<Result>(
  context: CommandContext,
  work: (nimbus: NimbusConnection) => Promise<Result>,
  config = clientConfiguration(context),
): Promise<Result> {
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

const allTime = ':all-time';

type Stats = Awaited<
  ReturnType<typeof NimbusClient.prototype.call<'getTopologyInfo'>>
>['executors'][number]['stats'];

function numbersOf(
  counts: ReadonlyMap<string, ReadonlyMap<string, bigint>> | undefined,
): ReadonlyMap<string, number> {
  return new Map(Array.from(counts?.get(allTime) ?? [], ([key, each]) => [key, Number(each)]));
}

function inputsOf(stats: Stats): Pick<ExecutorCounts, 'executed' | 'acked' | 'failed'> {
  if (stats === undefined) return { executed: 0, acked: 0, failed: 0 };
  const { value } = stats.specific;
  return {
    executed: stats.specific.kind === 'bolt' ? sumOf(stats.specific.value.executed) : 0,
    acked: sumOf<unknown>(value.acked),
    failed: sumOf<unknown>(value.failed),
  };
}

function sumOf<Key>(counts: ReadonlyMap<string, ReadonlyMap<Key, bigint>>): number {
  let sum = 0;
  for (const each of counts.get(allTime)?.values() ?? []) sum += Number(each);
  return sum;
}
