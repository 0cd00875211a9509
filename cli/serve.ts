import { join, resolve } from 'node:path';
import type { Logger } from 'pino';
import {
  LogServer,
  offerToOpenTelemetry,
  RestServer,
  WorkerProfiling,
} from '../dashboard/index.ts';
import type { AccessList } from '../drpc/index.ts';
import { modernizePython } from '../multilang/index.ts';
import { createRuntime, type Runtime } from '../runtime/control/index.ts';
import type { ComponentHost } from '../runtime/hosts/index.ts';
import { LevelStore, MemoryStore, type MetadataStore, RedisStore } from '../runtime/store/index.ts';
import { readSetting, settings } from '../storm-api/config/index.ts';
import type { Generation, StormConf, StormId, WorkerProfiler } from '../storm-api/index.ts';
import { JarInbox, NimbusServer } from '../storm-api/nimbus/index.ts';
import { decodeTopology, encodeTopology } from '../storm-api/thrift/index.ts';
import { bindAddress } from './bind-address.ts';
import type { CommandContext } from './command-context.ts';
import { stormDefaults } from './configuration.ts';
import { Drpc, withDrpcServers } from './drpc.ts';
import { CommandError } from './errors.ts';
import { extensionJars } from './extension-jars.ts';
import { type Address, listening } from './listening.ts';
import { makeLocalDirectory } from './local-directory.ts';
import { daemonLogsFolder } from './log-file.ts';
import { type ProcessView, processView } from './process-view.ts';
import { type ProductPaths, stormVersion } from './product-paths.ts';
import type { ReadyFacts } from './ready-file.ts';
import { PageSubmitter } from './submission/page-submitter.ts';
import { submissionRefusal } from './submission/refusal.ts';
import { unmetSecurity } from './unmet-security.ts';

export interface ServeOptions {
  readonly config: StormConf;
  /** Who may call and serve DRPC functions; null: everybody, but only topologies their own. */
  readonly drpcAccessList: AccessList | null;
  /** `config` with the defaults of another generation of Storm. */
  readonly configOf: (generation: Generation) => StormConf;
  readonly paths: ProductPaths;
  /** What users' programs from the page are run with. */
  readonly context: CommandContext;
  readonly logger: Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The control plane lost its right to act: workers live on, the process should end. */
  readonly onLeadershipLost: (reason: string) => void;
  /** Runs the Java components instead of JVMs of our own. */
  readonly javaHost?: ComponentHost;
  /** The user named ZooKeeper's servers, so that ours is not wanted. */
  readonly namesZooKeeper: boolean;
  /** Ends a start that waits for another serve's end. */
  readonly signal?: AbortSignal;
}

/** Everything of one machine: Nimbus, the runtime with its workers, the page. */
export class Serve {
  readonly #options: ServeOptions;
  /** What has been started, to be stopped in the reverse order. */
  readonly #stops: (() => Promise<void>)[] = [];
  /** null until it has found the topologies of an earlier serve. */
  #runtime: Runtime | null = null;

  constructor(options: ServeOptions) {
    this.#options = options;
  }

  /**
   * Resolves when everything answers; when it rejects, nothing is left running.
   *
   * @throws an error whose message is one sentence for the user
   */
  async start(): Promise<ReadyFacts> {
    try {
      return await this.#start();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    for (let stop = this.#stops.pop(); stop !== undefined; stop = this.#stops.pop()) await stop();
  }

  async #start(): Promise<ReadyFacts> {
    const { config, logger } = this.#options;
    for (const unmet of unmetSecurity(config)) {
      logger.warn(unmet, 'asks for a protection that gearstorm does not have');
    }
    const hosts = {
      nimbus: bindAddress(config, settings.nimbusHost),
      ui: bindAddress(config, settings.uiHost),
    };
    const localDir = resolve(readSetting(config, settings.localDirectory));
    await makeLocalDirectory(localDir);
    const store = await this.#openStore(localDir);
    const drpc = this.#makeDrpc();
    const drpcInvocations = await this.#startInvocations(drpc);
    const runtime = await this.#startRuntime({ localDir, store, drpc, drpcInvocations });
    this.#runtime = runtime;
    this.#stops.push(async () => drpc.close());
    const takeBackMetrics = offerToOpenTelemetry(runtime.service);
    this.#stops.push(async () => takeBackMetrics());
    const callers = await drpc.startCallers();
    const processes = processView(runtime, this.#options.environment);
    const profiler = new WorkerProfiling(runtime.service, processes);
    const nimbus = await this.#startNimbus(hosts.nimbus, { localDir, runtime, profiler });
    const logviewer = await this.#startLogviewer(hosts.ui, runtime);
    const ports = { nimbus: nimbus.port, logviewer: logviewer.port };
    const ui = await this.#startUi(hosts.ui, runtime, {
      drpc,
      localDir,
      ports,
      processes,
      profiler,
    });
    const { zooKeeper: zookeeper } = runtime;
    return {
      pid: process.pid,
      nimbus,
      ...callers,
      drpcInvocations,
      ui,
      zookeeper,
      logviewer,
    };
  }

  #makeDrpc(): Drpc {
    const { config, logger, drpcAccessList: accessList } = this.#options;
    return new Drpc({ config, logger, accessList, workersOf: (id) => this.#workersOf(id) });
  }

  #workersOf(id: StormId): readonly number[] {
    const service = this.#runtime?.service;
    if (service?.cluster().topologies.some((topology) => topology.id === id) !== true) return [];
    return service.describe(id).workerList.flatMap(({ pid }) => pid ?? []);
  }

  /** Before any worker runs: its spouts connect when they are opened. */
  async #startInvocations(drpc: Drpc): Promise<Address> {
    this.#stops.push(() => drpc.stop());
    return await drpc.startInvocations();
  }

  async #openStore(localDir: string): Promise<MetadataStore> {
    const store = await openStore(this.#options, localDir);
    this.#stops.push(() => store.close());
    return store;
  }

  async #startRuntime(parts: RuntimeParts): Promise<Runtime> {
    const { localDir, store, drpc, drpcInvocations } = parts;
    const { config, paths, logger, onLeadershipLost, signal, javaHost } = this.#options;
    const runtime = await createRuntime({
      ...{ localDir, config, store, logger, onLeadershipLost, signal, javaHost },
      standBy: readSetting(config, settings.store) === 'redis',
      codec: { encode: encodeTopology, decode: decodeTopology },
      hostClassPath: paths.hostClassPath(),
      nativeWorker: paths.nativeWorker,
      generations: {
        'storm-0.9': this.#generation('storm-0.9', drpcInvocations),
        'storm-0.10': this.#generation('storm-0.10', drpcInvocations),
      },
      observer: drpc.observer,
      drpc: drpc.requests(drpcInvocations),
      zooKeeperClassPath: this.#options.namesZooKeeper ? null : paths.zooKeeperClassPath(),
      ...this.#modernization(),
    });
    const keepWorkers = readSetting(config, settings.keepWorkers);
    this.#stops.push(() => runtime.stop({ keepWorkers }));
    return runtime;
  }

  #generation(name: Generation, drpcInvocations: Address) {
    const { paths, configOf, context } = this.#options;
    return {
      classPath: [...paths.stormLibraries(name), ...extensionJars(context, name)],
      bridgePath: paths.bridgePath(),
      archive: paths.workerArchive(name),
      config: withDrpcServers(configOf(name), drpcInvocations),
    };
  }

  #modernization() {
    const { config, paths, logger: log, environment } = this.#options;
    if (!readSetting(config, settings.modernizeMultilang)) return {};
    const options = { moduleFile: paths.pythonModule, environment, log };
    return { afterUnpack: (folder: string) => modernizePython(folder, options) };
  }

  async #startNimbus(host: string, { localDir, runtime, profiler }: NimbusParts): Promise<Address> {
    const { config, logger } = this.#options;
    const limits = { uploadBytesMax: readSetting(config, settings.uploadBytesMax) };
    const inbox = await JarInbox.open({ directory: join(localDir, 'inbox'), limits });
    this.#stops.push(() => inbox.close());
    const nimbus = new NimbusServer({
      ...{ inbox, config, logger, profiler, service: runtime.service },
      jarOf: (id) => runtime.jarOf(id),
    });
    this.#stops.push(() => nimbus.stop());
    const port = readSetting(config, settings.nimbusThriftPort);
    return await listening('nimbus.thrift.port', { host, port }, (address) =>
      nimbus.start(address),
    );
  }

  async #startLogviewer(host: string, { service, logsFolder }: Runtime): Promise<Address> {
    const { config, logger: log } = this.#options;
    const port = readSetting(config, settings.logviewerPort);
    const daemonFolder = daemonLogsFolder(config);
    const server = new LogServer({ service, folder: logsFolder, daemonFolder, host, port, log });
    this.#stops.push(() => server.stop());
    return await listening('logviewer.port', { host, port }, () => server.start());
  }

  async #startUi(host: string, runtime: Runtime, parts: UiParts): Promise<Address> {
    const { config, paths, logger: log } = this.#options;
    const port = readSetting(config, settings.uiPort);
    const actionsEnabled = readSetting(config, settings.uiActionsEnabled);
    const { service } = runtime;
    const { pageFolder } = paths;
    const server = new RestServer({
      ...{ service, host, port, config, pageFolder, log },
      stormVersion: config.string('gearstorm.storm.version') ?? stormVersion,
      ports: parts.ports,
      drpc: () => parts.drpc.summarize(),
      actionsEnabled,
      defaultsOf: (generation) => stormDefaults(paths, generation),
      ...{ processes: parts.processes, profiler: parts.profiler },
      submission: await this.#submission(host, runtime, parts),
    });
    this.#stops.push(() => server.stop());
    return await listening('ui.port', { host, port }, () => server.start());
  }

  async #submission(host: string, { service, jarOf }: Runtime, parts: UiParts) {
    const { config, configOf, context, logger } = this.#options;
    const folder = join(parts.localDir, 'page');
    const submitter = new PageSubmitter({
      ...{ context, service, config, logger, jarOf: (id) => jarOf(id) },
      profiler: parts.profiler,
      configOf: ({ generation }) => configOf(generation),
      folder: join(folder, 'runs'),
    });
    await submitter.clearLeft();
    const refusal = submissionRefusal(config, host);
    const uploadBytesMax = readSetting(config, settings.uploadBytesMax);
    return { folder: join(folder, 'uploads'), refusal, submitter, uploadBytesMax };
  }
}

interface NimbusParts {
  readonly localDir: string;
  readonly runtime: Runtime;
  readonly profiler: WorkerProfiler;
}

interface UiParts {
  readonly drpc: Drpc;
  readonly localDir: string;
  readonly processes: ProcessView;
  readonly profiler: WorkerProfiler;
  readonly ports: { readonly nimbus: number; readonly logviewer: number };
}

interface RuntimeParts {
  readonly localDir: string;
  readonly store: MetadataStore;
  readonly drpc: Drpc;
  readonly drpcInvocations: Address;
}

async function openStore(
  { config, logger }: ServeOptions,
  localDir: string,
): Promise<MetadataStore> {
  switch (readSetting(config, settings.store)) {
    case 'memory':
      return new MemoryStore();
    case 'level':
      return await LevelStore.open(join(localDir, 'store'));
    case 'redis':
      return await RedisStore.open({
        url: redisUrl(config),
        keyPrefix: readSetting(config, settings.redisKeyPrefix),
        onConnectionError: (error) => logger.warn({ err: error }, 'redis connection lost'),
      });
  }
}

function redisUrl(config: StormConf): string {
  const url = readSetting(config, settings.redisUrl);
  if (url === null) throw new CommandError('gearstorm.store is redis: set gearstorm.redis.url too');
  return url;
}
