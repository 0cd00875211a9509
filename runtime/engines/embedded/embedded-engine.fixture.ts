import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DrpcRequests, StormConf, stormId, type TaskId } from '../../../storm-api/index.ts';
import type { ExecutionPlan } from '../../../translator/index.ts';
import type { Clock } from '../../clock.ts';
import type { ComponentHost } from '../../hosts/index.ts';
import type { Logger } from '../../logger.ts';
import type { Deployment, EngineListener, ErrorReport, LagReport, StatsReport } from '../engine.ts';
import { EmbeddedEngine } from './embedded-engine.ts';
import { SocketFolder } from './socket-folder.ts';
import type { WorkerLedger, WorkerRecord } from './worker-ledger.ts';

/** Waits and limits of seconds take tenths of them. */
const quickness = 10;

/** Knows what it still has to run. */
export class QuickClock implements Clock {
  readonly #timers = new Set<NodeJS.Timeout>();

  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return Date.now() * quickness;
  }

  after(delayMs: number, action: () => void): () => void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, delayMs / quickness);
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
      clearTimeout(timer);
    };
  }
}

export const silentLogger: Logger = {
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => silentLogger,
};

type WorkerMode =
  | 'obedient'
  | 'crashing'
  | 'deaf'
  | 'mute'
  | 'faulty'
  | 'stuck'
  | 'endless'
  | 'lying'
  | 'curt'
  | 'parent'
  | 'missing';

/** Starts fake workers where the product starts Java. */
class FakeHost implements ComponentHost {
  mode: WorkerMode = 'obedient';
  launches = 0;

  async check(): Promise<void> {}

  workerCommand({ assignmentFile }: { readonly assignmentFile: string }) {
    this.launches++;
    const script = join(import.meta.dirname, 'fake-worker.fixture.mjs');
    return {
      program: this.mode === 'missing' ? '/nowhere/java' : process.execPath,
      args: [script, assignmentFile, this.mode],
      environment: new Map(),
    };
  }

  inspectionCommand() {
    return { program: 'false', args: [], environment: new Map() };
  }
}

class MemoryLedger implements WorkerLedger {
  readonly records = new Map<number, WorkerRecord>();
  readonly history: WorkerRecord[] = [];

  async list(): Promise<readonly WorkerRecord[]> {
    return [...this.records.values()];
  }

  async put(record: WorkerRecord): Promise<void> {
    this.records.set(record.workerIndex, record);
    this.history.push(record);
  }

  async remove(_stormId: string, workerIndex: number): Promise<void> {
    this.records.delete(workerIndex);
  }
}

/** A listener that remembers. */
class Observer implements EngineListener {
  readonly stats: StatsReport[] = [];
  readonly lags: LagReport[] = [];
  readonly subprocessEnds: TaskId[] = [];
  readonly errors: ErrorReport[] = [];
  readonly stuck: string[] = [];
  readonly ends: string[] = [];
  /** What those workers wait for before they start that ask first; the others wait for nothing. */
  readonly waits: Promise<void>[] = [];

  onStats(report: StatsReport): void {
    this.stats.push(report);
  }

  onSubprocessEnded(task: TaskId): void {
    this.subprocessEnds.push(task);
  }

  onLag(report: LagReport): void {
    this.lags.push(report);
  }

  onError(report: ErrorReport): void {
    this.errors.push(report);
  }

  async beforeWorker(): Promise<void> {
    await this.waits.shift();
  }

  onStuck(component: string): void {
    this.stuck.push(component);
  }

  onWorkerEnded(port: number, reason: string): void {
    this.ends.push(`${port}: ${reason}`);
  }
}

export const testId = stormId('test-1-1');

/** One machine: its folders, its store, its processes; several engines may follow each other on it. */
export class TestMachine {
  readonly folder = mkdtempSync(join(tmpdir(), 'gearstorm-test-'));
  readonly ledger = new MemoryLedger();
  readonly host = new FakeHost();
  readonly observer = new Observer();
  readonly clock = new QuickClock();
  readonly sockets: SocketFolder;
  #tokens = 0;
  #epoch = 0;

  constructor() {
    mkdirSync(join(this.folder, 'workers'));
    this.sockets = SocketFolder.open(this.folder, this.folder);
  }

  async engine(): Promise<EmbeddedEngine> {
    return EmbeddedEngine.open({
      hosts: { java: this.host, native: this.host },
      ledger: this.ledger,
      drpc: noRequests,
      sockets: this.sockets,
      workersDir: join(this.folder, 'workers'),
      logFile: (id, port) => join(this.folder, 'logs', id, String(port), 'worker.log'),
      epoch: ++this.#epoch,
      replacesHanging: false,
      leaseSecs: 60,
      limits: { startMs: 60_000, silenceMs: 30_000 },
      hostName: 'here',
      newToken: () => `token-${process.pid}-${Date.now()}-${++this.#tokens}`,
      clock: this.clock,
      logger: silentLogger,
    });
  }

  /** @param ports one for each worker; several may share one */
  deployment(ports: readonly number[] = [6700]): Deployment {
    const file = (name: string) => join(this.folder, name);
    writeFileSync(file('plan.json'), '{}');
    return {
      plan: testPlan(ports),
      config: StormConf.empty,
      files: {
        plan: file('plan.json'),
        topology: file('topology.thrift'),
        systemTopology: file('system-topology.thrift'),
        config: file('config.json'),
        credentials: file('credentials.json'),
        resources: this.folder,
        program: file('program.mjs'),
      },
      classPath: [],
      bridgePath: [],
      environment: new Map(),
    };
  }

  outputOf(port: number): string {
    const file = join(this.folder, 'logs', testId, String(port), 'worker.log.out');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function testPlan(ports: readonly number[]): ExecutionPlan {
  const plan = {
    planVersion: 2,
    yamlKeys: [],
    stormId: testId,
    topologyName: 'test',
    generation: 'storm-0.9',
    processors: [],
    executors: ports.map((_, worker) => ({
      component: 'words',
      firstTask: worker + 2,
      lastTask: worker + 2,
      worker,
    })),
    workers: ports.map((port, index) => ({ index, port, host: 'java' })),
    routes: [],
  };
  return plan as unknown as ExecutionPlan;
}

const noRequests: DrpcRequests = {
  server: null,
  take: async () => null,
  giveBack: () => {},
  result: () => {},
  fail: () => {},
};
