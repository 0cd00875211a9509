import { createHash, randomBytes } from 'node:crypto';
import { hostname, tmpdir } from 'node:os';
import type { Generation, StormConf, TopologyService } from '../../storm-api/index.ts';
import { systemClock } from '../clock.ts';
import { EmbeddedEngine, SocketFolder } from '../engines/index.ts';
import { type ComponentHost, inspect, JavaHost } from '../hosts/index.ts';
import type { Logger } from '../logger.ts';
import type { MetadataStore } from '../store/index.ts';
import { BlobFolder } from './blob-folder.ts';
import { Leadership } from './leadership.ts';
import { LocalDirectory } from './local-directory.ts';
import { Records } from './records.ts';
import { type AfterUnpack, type GenerationJars, Submission } from './submission.ts';
import type { TopologyCodec } from './topology-files.ts';
import { TopologyManager } from './topology-manager.ts';

const slotPortsDefault = [6700, 6701, 6702, 6703];
/** Long enough for a restart or an upgrade of serve; after it, workers end themselves. */
const leaseSecsDefault = 600;

export interface RuntimeOptions {
  /** Absolute path of storm.local.dir. */
  readonly localDir: string;
  /** The cluster's own configuration: defaults, storm.yaml, options of serve. */
  readonly config: StormConf;
  /** Opened and closed by the caller. */
  readonly store: MetadataStore;
  readonly logger: Logger;
  readonly codec: TopologyCodec;
  /** The component host's own jars, absolute paths. */
  readonly hostClassPath: readonly string[];
  readonly generations: Readonly<Record<Generation, GenerationJars>>;
  readonly afterUnpack?: AfterUnpack;
  /** Workers live on; the caller should end the process, so that nobody waits for it. */
  readonly onLeadershipLost: (reason: string) => void;
}

export interface Runtime {
  readonly service: TopologyService;
  /** Resolves when the workers are gone, or are left to the next run on this directory. */
  stop(options: { readonly keepWorkers: boolean }): Promise<void>;
}

/**
 * Everything between the topology service and the workers' processes, at work when it resolves.
 * @throws LocalDirectoryError, HostUnavailableError, EngineError or a store's error, each of which
 * says in one sentence what is wrong
 */
export async function createRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { localDir, config, store, logger } = options;
  const directory = await LocalDirectory.open(localDir);
  const host = new JavaHost({
    classPath: options.hostClassPath,
    environment: { JAVA_HOME: process.env['JAVA_HOME'] },
  });
  await host.check();
  const sockets = SocketFolder.open(tmpdir(), localDir);
  await EmbeddedEngine.checkAlone(sockets);
  const supervisorId = hashOf(`${hostname()} ${localDir}`);
  const leadership = await Leadership.claim({
    store,
    owner: supervisorId,
    clock: systemClock,
    logger,
  });
  const records = await Records.open(store, leadership.epoch);
  const engine = await EmbeddedEngine.open({
    host,
    ledger: records,
    sockets,
    workersDir: directory.workers,
    logFile: (stormId, port) => directory.logFile(stormId, port),
    epoch: leadership.epoch,
    leaseSecs: config.number('gearstorm.worker.lease.secs') ?? leaseSecsDefault,
    hostName: hostname(),
    newToken: () => randomBytes(8).toString('hex'),
    clock: systemClock,
    logger,
  });
  const manager = new TopologyManager({
    records,
    submission: await openSubmission(options, directory, records, host),
    engine,
    config,
    slotPorts: config.numberList('supervisor.slots.ports') ?? slotPortsDefault,
    hostName: hostname(),
    supervisorId,
    clock: systemClock,
    logger,
  });
  await manager.restore();
  await engine.listen();
  leadership.keep((reason) => {
    manager.close(reason);
    void engine.close({ keepWorkers: true }).then(() => options.onLeadershipLost(reason));
  });
  return {
    service: manager,
    stop: async ({ keepWorkers }) => {
      manager.close('gearstorm serve stops');
      await engine.close({ keepWorkers });
      await leadership.release();
    },
  };
}

/** Clears away what a killed run left half done, before anything new is taken in. */
async function openSubmission(
  options: RuntimeOptions,
  directory: LocalDirectory,
  records: Records,
  host: ComponentHost,
): Promise<Submission> {
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
    inspect: (request, folder) =>
      inspect({
        host,
        clock: systemClock,
        folder,
        request,
        marker: `inspection-${randomBytes(8).toString('hex')}`,
      }),
    afterUnpack: options.afterUnpack ?? (async () => ({})),
  });
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
