import { createHash, randomBytes } from 'node:crypto';
import { hostname, tmpdir } from 'node:os';
import { readSetting, settings } from '../../storm-api/config/index.ts';
import type {
  DrpcRequests,
  StormConf,
  StormId,
  TopologyObserver,
  TopologyService,
} from '../../storm-api/index.ts';
import { systemClock } from '../clock.ts';
import { EmbeddedEngine, SocketFolder, type WorkerLedger } from '../engines/index.ts';
import {
  type ComponentHost,
  type ComponentHosts,
  inspect,
  JavaHost,
  javaProgram,
  killMarkedWith,
  NativeHost,
} from '../hosts/index.ts';
import type { Logger } from '../logger.ts';
import type { MetadataStore } from '../store/index.ts';
import type { SeenStack } from '../wire/index.ts';
import { OnDemandZooKeeper, type ZooKeeperAddress, zooKeeperCommand } from '../zookeeper/index.ts';
import { BlobFolder } from './blob-folder.ts';
import type { Generations } from './generations.ts';
import { checkHome } from './home.ts';
import { Leadership } from './leadership.ts';
import { folderName, LocalDirectory } from './local-directory.ts';
import { LogKeeper } from './log-keeper.ts';
import { Records } from './records.ts';
import { standByFor } from './stand-by.ts';
import { type AfterUnpack, Submission } from './submission.ts';
import type { TopologyCodec } from './topology-files.ts';
import { TopologyManager } from './topology-manager.ts';

export interface RuntimeOptions {
  /** Absolute path of storm.local.dir. */
  readonly localDir: string;
  /** This control plane's own: defaults, storm.yaml, options of serve. */
  readonly config: StormConf;
  /** Opened and closed by the caller. */
  readonly store: MetadataStore;
  readonly logger: Logger;
  readonly codec: TopologyCodec;
  /** The component host's own jars, absolute paths. */
  readonly hostClassPath: readonly string[];
  /** The program that runs native components, as `runtime/native` says; an absolute path. */
  readonly nativeWorker: string;
  readonly generations: Generations;
  /** Runs the Java components instead of JVMs of our own. */
  readonly javaHost?: ComponentHost | undefined;
  /**
   * Jars of the ZooKeeper that is started when a topology connects to it; null when the
   * configuration names servers.
   */
  readonly zooKeeperClassPath: readonly string[] | null;
  readonly afterUnpack?: AfterUnpack;
  readonly observer?: TopologyObserver;
  /** DRPC for native workers; nobody calls them when left out. */
  readonly drpc?: DrpcRequests;
  /** Workers live on; the caller should end the process, so that nobody waits for it. */
  readonly onLeadershipLost: (reason: string) => void;
  /**
   * Waits for the end of a control plane that is at work on the directory, instead of to refuse;
   * for stores that both can have open.
   */
  readonly standBy: boolean;
  /** Ends a start that waits for another control plane's end. */
  readonly signal?: AbortSignal | undefined;
}

export interface Runtime {
  readonly service: TopologyService;
  /** Of the ZooKeeper that we bring; null when there is none. */
  readonly zooKeeper: ZooKeeperAddress | null;
  /** Holds a folder for each topology, and in it one for each worker's port. */
  readonly logsFolder: string;
  /** Path of the jar that a topology was submitted with; null when it has none or is not alive. */
  jarOf(id: StormId): string | null;
  /** As `Engine.profile`. */
  profile(pid: number, ms: number): Promise<readonly SeenStack[] | null>;
  /** As `Engine.restartWorker`. */
  restartWorker(pid: number): boolean;
  /** Resolves when the workers are gone, or are left to the next run on this directory. */
  stop(options: { readonly keepWorkers: boolean }): Promise<void>;
}

/**
 * Everything between the topology service and the workers' processes, at work when it resolves.
 * @throws LocalDirectoryError, HostUnavailableError, EngineError or a store's error, each of which
 * says in one sentence what is wrong
 */
export async function createRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { localDir } = options;
  const directory = await LocalDirectory.open(localDir);
  const java = options.javaHost ?? newJavaHost(options);
  await java.check();
  const hosts = { java, native: new NativeHost(options.nativeWorker) };
  const sockets = SocketFolder.open(tmpdir(), localDir);
  const supervisorId = hashOf(`${hostname()} ${localDir}`);
  const lead = await takeLead(options, { directory, sockets, supervisorId });
  try {
    return await begin(options, { directory, hosts, sockets, supervisorId, ...lead });
  } catch (error) {
    await lead.leadership.release();
    throw error;
  }
}

function newJavaHost({ hostClassPath, generations }: RuntimeOptions): JavaHost {
  return new JavaHost({
    classPath: hostClassPath,
    archives: new Map(Object.entries(generations).map(([name, { archive }]) => [name, archive])),
    environment: process.env,
  });
}

interface Place {
  readonly directory: LocalDirectory;
  readonly sockets: SocketFolder;
  /** The same for every control plane of this directory. */
  readonly supervisorId: string;
}

interface Lead {
  readonly leadership: Leadership;
  /** It was somebody else's, who may only hang: then he still answers. */
  readonly isInherited: boolean;
}

interface Foundations extends Place, Lead {
  readonly hosts: ComponentHosts;
}

/** Resolves when nobody else is at work here or leads the store. */
async function takeLead(
  { store, logger, signal, standBy }: RuntimeOptions,
  { directory, sockets, supervisorId }: Place,
): Promise<Lead> {
  const rest = { store, clock: systemClock, logger, signal };
  const isAlone = () => EmbeddedEngine.isAlone(sockets);
  if (standBy && !(await isAlone())) {
    const leadership = await standByFor({
      isAlone,
      tryToClaim: async (owner) => {
        await checkHome(store, directory);
        return await Leadership.tryToClaim({ ...rest, owner });
      },
      owner: supervisorId,
      ...{ clock: systemClock, logger, signal },
    });
    return { leadership, isInherited: true };
  }
  await EmbeddedEngine.checkAlone(sockets);
  await checkHome(store, directory);
  // A restart need not wait for the lease of the run before it.
  const leadership = await Leadership.claim({ ...rest, owner: supervisorId });
  return { leadership, isInherited: false };
}

/** Takes up what was left and lets workers and callers in. */
async function begin(options: RuntimeOptions, foundations: Foundations): Promise<Runtime> {
  const { config, generations, store, logger, onLeadershipLost } = options;
  const { leadership, supervisorId } = foundations;
  await checkHome(store, foundations.directory);
  const records = await Records.open(store, leadership.epoch);
  await records.putHome(foundations.directory.path);
  const submission = await openSubmission(options, foundations, records);
  const engine = await openEngine(options, foundations, records);
  const zooKeeper = await openZooKeeper(options, foundations);
  const manager = new TopologyManager({
    records,
    submission,
    engine,
    generations,
    slotPorts: readSetting(config, settings.slotPorts),
    hostName: hostname(),
    supervisorId,
    capacity: {
      memoryMb: readSetting(config, settings.supervisorMemoryMb),
      cpuPercent: readSetting(config, settings.supervisorCpuPercent),
    },
    observer: options.observer ?? nobody,
    zooKeeper,
    clock: systemClock,
    logger,
  });
  const logs = openLogs(options, foundations, manager);
  const leave = async (reason: string, keepWorkers: boolean) => {
    logs.stop();
    manager.close(reason);
    await engine.close({ keepWorkers });
    manager.keepCounts();
    await zooKeeper?.close({ keep: keepWorkers });
  };
  try {
    await manager.restore();
    await engine.listen();
    logs.start();
  } catch (error) {
    await leave('gearstorm serve does not start', true);
    throw error;
  }
  leadership.keep((reason) => void leave(reason, true).then(() => onLeadershipLost(reason)));
  return {
    service: manager,
    zooKeeper: zooKeeper?.address ?? null,
    logsFolder: foundations.directory.logs,
    jarOf: (id) => manager.jarOf(id),
    profile: (pid, ms) => engine.profile(pid, ms),
    restartWorker: (pid) => engine.restartWorker(pid),
    stop: async ({ keepWorkers }) => {
      await leave('gearstorm serve stops', keepWorkers);
      await leadership.release();
    },
  };
}

const zooKeeperPort = 2181;

/** The port that programs expect, if it is free, unless the user has chosen one. */
async function openZooKeeper(
  { config, logger, zooKeeperClassPath: classPath }: RuntimeOptions,
  { directory, supervisorId }: Foundations,
): Promise<OnDemandZooKeeper | null> {
  if (classPath === null) return null;
  const port = readSetting(config, settings.zooKeeperPort);
  const program = {
    java: javaProgram(process.env),
    classPath,
    childOptions: readSetting(config, settings.zooKeeperChildOptions).split(/\s+/).filter(Boolean),
    idleSecs: readSetting(config, settings.zooKeeperIdleSecs),
  };
  return await OnDemandZooKeeper.open({
    folder: directory.zooKeeper,
    marker: `zookeeper-${supervisorId}`,
    ports: port === null ? [zooKeeperPort, 0] : [port],
    command: (dataFolder, address) => zooKeeperCommand(program, dataFolder, address),
    clock: systemClock,
    logger,
  });
}

const mebibyte = 1024 * 1024;

function openLogs(
  { config, logger }: RuntimeOptions,
  { directory }: Foundations,
  manager: TopologyManager,
): LogKeeper {
  return new LogKeeper({
    folder: directory.logs,
    inUse: () => new Set(manager.cluster().topologies.map(({ id }) => folderName(id))),
    ageMs: 60_000 * readSetting(config, settings.logAgeMins),
    bounds: {
      perWorkerBytesMax: mebibyte * readSetting(config, settings.workerLogsMb),
      totalBytesMax: mebibyte * readSetting(config, settings.allLogsMb),
    },
    everyMs: 1_000 * readSetting(config, settings.logCleanupSecs),
    clock: systemClock,
    logger,
  });
}

async function openEngine(
  { config, logger, drpc = noRequests }: RuntimeOptions,
  { hosts, sockets, directory, leadership, isInherited }: Foundations,
  ledger: WorkerLedger,
): Promise<EmbeddedEngine> {
  return EmbeddedEngine.open({
    hosts,
    ledger,
    drpc,
    sockets,
    workersDir: directory.workers,
    logFile: (stormId, port) => directory.logFile(stormId, port),
    epoch: leadership.epoch,
    replacesHanging: isInherited,
    leaseSecs: readSetting(config, settings.workerLeaseSecs),
    limits: {
      startMs: 1000 * readSetting(config, settings.workerStartSecs),
      silenceMs: 1000 * readSetting(config, settings.workerSilenceSecs),
    },
    hostName: hostname(),
    newToken: () => randomBytes(8).toString('hex'),
    clock: systemClock,
    logger,
  });
}

const nobody: TopologyObserver = {
  onTopology: () => {},
  onWorkerEnded: () => {},
  onRemoved: () => {},
};

const noRequests: DrpcRequests = {
  server: null,
  take: async () => null,
  giveBack: () => {},
  result: () => {},
  fail: () => {},
};

/** Clears away what a killed run left half done, before anything new is taken in. */
async function openSubmission(
  options: RuntimeOptions,
  { directory, hosts, supervisorId }: Foundations,
  records: Records,
): Promise<Submission> {
  const inspections = `inspection-${supervisorId}-`;
  killMarkedWith(inspections);
  const blobs = new BlobFolder(directory.blobs);
  const topologies = await records.topologies();
  const workers = await records.list();
  await directory.removeOtherTopologies(topologies.map((topology) => topology.stormId));
  await directory.removeOtherWorkers(workers.map((worker) => worker.token));
  await blobs.removeHalfCopies();
  await blobs.removeUnused();
  return new Submission({
    directory,
    blobs,
    codec: options.codec,
    generations: options.generations,
    inspect: (kind, request, folder) =>
      inspect({
        host: hosts[kind],
        clock: systemClock,
        folder,
        request,
        marker: inspections + randomBytes(8).toString('hex'),
      }),
    afterUnpack: options.afterUnpack ?? (async () => ({})),
    unpackedBytesMax: readSetting(options.config, settings.uploadBytesMax),
  });
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
