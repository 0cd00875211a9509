import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ComponentId,
  componentId,
  type LoggerLevel,
  type ObservedTopology,
  type PeekListener,
  type PeekRequest,
  StormConf,
  type StormId,
  type SubmitRequest,
  streamId,
  type Topology,
  type TopologyObserver,
  type WorkerDescription,
} from '../../storm-api/index.ts';
import { decodeTopology, encodeTopology } from '../../storm-api/thrift/index.ts';
import type { Clock } from '../clock.ts';
import type { Deployment, Engine, EngineListener } from '../engines/index.ts';
import { MemoryStore } from '../store/index.ts';
import { BlobFolder } from './blob-folder.ts';
import type { Generations } from './generations.ts';
import { LocalDirectory } from './local-directory.ts';
import { Records } from './records.ts';
import type { OwnZooKeeper } from './state-places.ts';
import { Submission, type SubmissionOptions } from './submission.ts';
import { TopologyManager } from './topology-manager.ts';
import { zipOf } from './zip.fixture.ts';

/** Time that passes only when told. */
export class ManualClock implements Clock {
  #nowMs = 1_000_000_000;
  #timers: { atMs: number; action: () => void }[] = [];

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, action: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, action };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }

  /** Somebody sets the clock; what waits goes on waiting as long as before. */
  set(byMs: number): void {
    this.#nowMs += byMs;
    this.#timers = this.#timers.map(({ atMs, action }) => ({ atMs: atMs + byMs, action }));
  }

  /** Runs what falls due, and lets the promises that follow from it settle. */
  async advance(secs: number): Promise<void> {
    this.#nowMs += secs * 1000;
    const due = this.#timers.filter(({ atMs }) => atMs <= this.#nowMs);
    this.#timers = this.#timers.filter(({ atMs }) => atMs > this.#nowMs);
    for (const { action } of due) action();
    await settle();
  }
}

/** So many turns of the event loop without work of the file system mean that none follows. */
const quietTurns = 5;

/**
 * Until what was started, file system work and the promises behind it, is over, however long a busy
 * disk takes for it.
 */
export async function settle(): Promise<void> {
  for (let quiet = 0; quiet < quietTurns; ) {
    await new Promise((resolve) => setImmediate(resolve));
    quiet = process.getActiveResourcesInfo().some(isFileWork) ? 0 : quiet + 1;
  }
}

function isFileWork(resource: string): boolean {
  return resource.startsWith('FSReq') || resource === 'CloseReq';
}

/** Runs nothing and remembers what it was told. */
class FakeEngine implements Engine {
  readonly told: string[] = [];
  readonly deployments = new Map<StormId, Deployment>();
  readonly listeners = new Map<StormId, EngineListener>();
  readonly logLevels = new Map<StormId, readonly LoggerLevel[]>();
  readonly peeks = new Map<ComponentId, PeekListener>();
  /** Holds a folder for each port. */
  logFolder = '';
  /** What a stop waits for. */
  stopping = Promise.resolve();

  start(deployment: Deployment, active: boolean, listener: EngineListener): void {
    const { stormId } = deployment.plan;
    this.told.push(`start ${stormId} ${active}`);
    this.deployments.set(stormId, deployment);
    this.listeners.set(stormId, listener);
  }

  setActive(stormId: StormId, active: boolean): void {
    this.told.push(`setActive ${stormId} ${active}`);
  }

  setLogLevels(stormId: StormId, levels: readonly LoggerLevel[]): void {
    this.logLevels.set(stormId, levels);
  }

  renewCredentials(stormId: StormId): void {
    this.told.push(`credentials ${stormId}`);
  }

  async stop(stormId: StormId): Promise<void> {
    this.told.push(`stop ${stormId}`);
    await this.stopping;
    this.deployments.delete(stormId);
  }

  workers(stormId: StormId): readonly WorkerDescription[] {
    const ports = this.deployments.get(stormId)?.plan.workers.map(({ port }) => port) ?? [];
    return ports.map((port) => ({
      port,
      host: 'here',
      pid: 1,
      state: 'running',
      restarts: 0,
      uptimeSecs: 0,
      restartsAtMs: null,
      lastExit: null,
      logFile: join(this.logFolder, String(port), 'worker.log'),
    }));
  }

  async peek(_: StormId, { component }: PeekRequest, listener: PeekListener): Promise<() => void> {
    this.peeks.set(component, listener);
    return () => {
      this.peeks.delete(component);
      listener.onEnd('stopped', true);
    };
  }

  async profile(): Promise<null> {
    return null;
  }

  restartWorker(): boolean {
    return false;
  }

  async close(): Promise<void> {}
}

const generations: Generations = {
  'storm-0.9': {
    classPath: ['/lib/storm-core.jar'],
    bridgePath: ['/lib/bridge.jar'],
    archive: '/lib/worker.jsa',
    config: StormConf.of({ 'topology.message.timeout.secs': 30, 'topology.workers': 1 }),
  },
};

/** Remembers what it hears. */
class RecordingObserver implements TopologyObserver {
  readonly heard: string[] = [];

  onTopology({ name, status, drpcSpouts }: ObservedTopology): void {
    const functions = drpcSpouts.flatMap((spout) => spout.functions);
    this.heard.push([name, status, ...functions].join(' '));
  }

  onWorkerEnded(id: StormId, reason: string): void {
    this.heard.push(`${id}: ${reason}`);
  }

  onRemoved(id: StormId): void {
    this.heard.push(`${id} removed`);
  }
}

/** A control plane with a real file system and a store in memory; it may be started anew. */
export class TestControl {
  readonly folder = mkdtempSync(join(tmpdir(), 'gearstorm-manager-'));
  readonly localDir = join(this.folder, 'local');
  readonly clock = new ManualClock();
  readonly store = new MemoryStore(() => 0);
  engine = new FakeEngine();
  observer = new RecordingObserver();
  /** Of the next open. */
  zooKeeper: OwnZooKeeper | null = null;
  /** Of the next open. */
  slotPorts: readonly number[] = [6700, 6701];

  async open(changes: Partial<SubmissionOptions> = {}): Promise<TopologyManager> {
    this.engine = new FakeEngine();
    this.observer = new RecordingObserver();
    const directory = await LocalDirectory.open(this.localDir);
    const records = await Records.open(this.store, (await this.store.claim('test', 1)) ?? 0);
    const submission = new Submission({
      directory,
      blobs: new BlobFolder(directory.blobs),
      codec: { encode: encodeTopology, decode: decodeTopology },
      generations,
      inspect: async () => [],
      afterUnpack: async () => ({}),
      unpackedBytesMax: 1 << 20,
      ...changes,
    });
    const manager = new TopologyManager({
      records,
      submission,
      engine: this.engine,
      generations: changes.generations ?? generations,
      zooKeeper: this.zooKeeper,
      slotPorts: this.slotPorts,
      hostName: 'here',
      supervisorId: 'one',
      capacity: { memoryMb: 4096, cpuPercent: 400 },
      observer: this.observer,
      clock: this.clock,
      logger: silentLogger,
    });
    await manager.restore();
    return manager;
  }

  /** A jar as an upload leaves it. */
  jar(content = 'class'): string {
    const file = join(this.folder, 'upload.jar');
    writeFileSync(file, zipOf([{ name: 'resources/a.py', content }]));
    return file;
  }

  request(name: string, changes: Partial<SubmitRequest> = {}): SubmitRequest {
    const request = { topology: wordTopology(name), jarFile: this.jar(), credentials: null };
    return { ...request, initialStatus: 'ACTIVE', ...changes };
  }

  /** Names in one folder of the local directory. */
  filesIn(folder: 'blobs' | 'topologies'): readonly string[] {
    return readdirSync(join(this.localDir, folder));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const silentLogger = {
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => silentLogger,
};

export function wordTopology(name: string): Topology {
  const implementation = { kind: 'serialized-java', bytes: Buffer.from('object') } as const;
  const common = { implementation, parallelismHint: 1, config: StormConf.empty } as const;
  return {
    name,
    generation: 'storm-0.9',
    config: StormConf.of({ 'my.key': 1 }),
    components: [
      {
        ...common,
        kind: 'spout',
        id: componentId('words'),
        streams: new Map([[streamId('default'), { fields: ['word'], direct: false }]]),
        inputs: [],
      },
      {
        ...common,
        kind: 'bolt',
        id: componentId('count'),
        streams: new Map(),
        inputs: [
          {
            source: componentId('words'),
            stream: streamId('default'),
            grouping: { kind: 'fields', fields: ['word'] },
          },
        ],
      },
    ],
  };
}
