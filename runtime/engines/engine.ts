import type {
  ComponentId,
  LoggerLevel,
  PeekListener,
  PeekRequest,
  SourceLag,
  StormConf,
  StormId,
  TaskId,
  WorkerDescription,
} from '../../storm-api/index.ts';
import type { ExecutionPlan } from '../../translator/index.ts';
import type { ExecutorStats, SeenStack } from '../wire/index.ts';

/** Where a topology's files lie; all paths are absolute. */
export interface DeploymentFiles {
  readonly plan: string;
  readonly topology: string;
  /** `topology` with the components and streams that Storm adds. */
  readonly systemTopology: string;
  readonly config: string;
  /** Not there for a topology without credentials; may be replaced while it runs. */
  readonly credentials: string;
  /** Storm's codeDir. */
  readonly resources: string;
  /** The program of the native components; not there for a topology without any. */
  readonly program: string;
}

/** Everything an engine needs to run one topology. */
export interface Deployment {
  readonly plan: ExecutionPlan;
  /** The normalised topology configuration. */
  readonly config: StormConf;
  readonly files: DeploymentFiles;
  /** Storm's libraries, then the topology's jar. */
  readonly classPath: readonly string[];
  readonly bridgePath: readonly string[];
  /** Put over the environment of every process of the topology. */
  readonly environment: ReadonlyMap<string, string>;
}

/** What an engine tells about one running topology, and asks. */
export interface EngineListener {
  /** Resolves when a worker may start, the first time and again: what it connects to is there. */
  beforeWorker(): Promise<void>;
  onStats(report: StatsReport): void;
  onLag(report: LagReport): void;
  /** A task's subprocess ended; its worker has started another, or will. */
  onSubprocessEnded(task: TaskId): void;
  onError(report: ErrorReport): void;
  /** A component keeps the thread of its worker, which ends for it with all else that it runs. */
  onStuck(component: ComponentId): void;
  /** A worker process is gone, wanted or not, with all that was in its memory. @param worker its index */
  onWorkerEnded(port: number, reason: string, worker: number): void;
}

export interface StatsReport {
  /** One worker process; its counts begin at 0. */
  readonly workerToken: string;
  readonly port: number;
  readonly executors: readonly ExecutorStats[];
}

/** How far one task is in the partitions that it reads; in place of what it told before. */
export interface LagReport {
  readonly component: string;
  readonly task: TaskId;
  readonly timeMs: number;
  readonly partitions: readonly SourceLag[];
}

export interface ErrorReport {
  readonly port: number;
  readonly component: string;
  readonly task: TaskId | null;
  readonly timeMs: number;
  readonly message: string;
}

/** Where plans run. */
export interface Engine {
  /**
   * Begins to run a plan, or goes on with what an earlier control plane left running of it;
   * does not wait until anything runs.
   */
  start(deployment: Deployment, active: boolean, listener: EngineListener): void;
  /** Spouts of an inactive topology are not asked for tuples. */
  setActive(stormId: StormId, active: boolean): void;
  /** What loggers of its workers tell from now on, whichever worker starts later too. */
  setLogLevels(stormId: StormId, levels: readonly LoggerLevel[]): void;
  /** The file of the credentials was replaced. */
  renewCredentials(stormId: StormId): void;
  /** Resolves when nothing of the topology runs any more and no trace of it is left. */
  stop(stormId: StormId, reason: string): Promise<void>;
  /** In the plan's order of workers; empty when the topology is unknown. */
  workers(stormId: StormId): readonly WorkerDescription[];
  /** Resolves with the function that ends it, once every running worker of the component taps. */
  peek(stormId: StormId, request: PeekRequest, listener: PeekListener): Promise<() => void>;
  /**
   * Where the executors' thread of a native worker spends its time; null when no worker of that kind
   * is this process. @throws EngineError with a sentence
   */
  profile(pid: number, ms: number): Promise<readonly SeenStack[] | null>;
  /**
   * Asks the worker that is this process to end, killing it after a grace, and starts another in its
   * place at once. @returns false when none is
   */
  restartWorker(pid: number): boolean;
  /** Ends supervision; the processes too unless they are kept for the next control plane. */
  close(options: { readonly keepWorkers: boolean }): Promise<void>;
}
