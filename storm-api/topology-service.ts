import type { StormConf } from './config/storm-conf.ts';
import type { DebugOptions } from './debugging.ts';
import type { LoggerChange, LoggerLevel } from './log-levels.ts';
import type { ComponentId, StormId, StreamId, TaskId } from './model/ids.ts';
import type { Topology } from './model/topology.ts';
import type { SupervisorCapacity } from './resources.ts';
import type { TopologyStatistics } from './statistics/statistics.ts';
import type { ExecutorCounts, TopologySummary, WorkerDescription } from './topology-facts.ts';

/** Secrets of a topology by name; never shown, logged or part of a description. */
export type Credentials = ReadonlyMap<string, string>;

export interface SubmitRequest {
  readonly topology: Topology;
  /** Path of a finished upload; null when no component needs a jar. The service takes its own copy. */
  readonly jarFile: string | null;
  readonly initialStatus: 'ACTIVE' | 'INACTIVE';
  /** null: none were given, which components can tell from an empty map. */
  readonly credentials: Credentials | null;
}

export interface RebalanceRequest {
  /** null: topology.message.timeout.secs. */
  readonly waitSecs: number | null;
  /** null: as many as it wanted before. */
  readonly workers: number | null;
  /** What is not named stays as it is; more executors than tasks are as many as tasks. */
  readonly executors: ReadonlyMap<ComponentId, number>;
  /** Keys of the topology's configuration that get other values; what is not named stays as it is. */
  readonly overrides: StormConf;
}

/** Of a rebalance, what decides where executors are placed. */
export type ParallelismRequest = Pick<RebalanceRequest, 'workers' | 'executors'>;

/** Where an executor would run. */
export interface PlacedExecutor {
  readonly component: ComponentId;
  readonly firstTask: TaskId;
  readonly lastTask: TaskId;
  /** Of the slot. */
  readonly port: number;
}

export interface ExecutorDescription {
  readonly component: ComponentId;
  readonly firstTask: TaskId;
  readonly lastTask: TaskId;
  readonly host: string;
  readonly port: number;
  /** Seconds since the worker reported its executors running; 0 while it starts. */
  readonly uptimeSecs: number;
  /** null until the worker reported for the first time. */
  readonly counts: ExecutorCounts | null;
}

export interface ComponentError {
  readonly component: ComponentId;
  readonly task: TaskId | null;
  readonly host: string;
  readonly port: number;
  readonly timeMs: number;
  readonly message: string;
}

export interface TopologyDescription extends TopologySummary {
  /** As submitted, with Storm's normalisation written back (tasks per component). */
  readonly topology: Topology;
  /** `topology` plus `__acker` and the other system components and streams. */
  readonly systemTopology: Topology;
  /** The normalised topology configuration, with `storm.id` and `topology.name`. */
  readonly config: StormConf;
  readonly executorList: readonly ExecutorDescription[];
  readonly workerList: readonly WorkerDescription[];
  /** Newest first, bounded. */
  readonly errors: readonly ComponentError[];
  /** What of it is written to event logs. */
  readonly debugging: readonly DebugOptions[];
}

export interface ClusterDescription {
  readonly host: string;
  readonly nimbusUptimeSecs: number;
  readonly supervisorId: string;
  readonly capacity: SupervisorCapacity;
  readonly slotsTotal: number;
  readonly slotsUsed: number;
  readonly topologies: readonly TopologySummary[];
  /** Accepted ones whose files cannot be read: each says why, and nothing but a kill reaches it. */
  readonly damaged: readonly TopologySummary[];
}

/** All that have a name which no other may take. */
export function acceptedTopologies({
  topologies,
  damaged,
}: Pick<ClusterDescription, 'topologies' | 'damaged'>): readonly TopologySummary[] {
  return [...topologies, ...damaged];
}

/** One live tuple of a tapped stream. */
export interface PeekedTuple {
  readonly task: TaskId;
  readonly stream: StreamId;
  readonly timeMs: number;
  /** Values as JSON: what JSON cannot say is its Java toString. */
  readonly values: readonly unknown[];
}

export interface PeekRequest {
  readonly component: ComponentId;
  /** null: every stream of the component. */
  readonly stream: StreamId | null;
  /** true: every tuple counts, and what could not be delivered is reported in `missed`. */
  readonly all: boolean;
}

/** In which folders of serve's own ZooKeeper living topologies number their batches. */
export interface StateClaims {
  /** Null where another one is used. */
  readonly zooKeeper: { readonly host: string; readonly port: number } | null;
  readonly claims: readonly StateClaim[];
}

export interface StateClaim {
  /** Name of the topology. */
  readonly topology: string;
  /** Such as `/transactional/my-source`. */
  readonly path: string;
}

export interface PeekListener {
  /** `missed` counts the tuples left out since the last call (rate limit, or a full buffer). */
  onTuples(tuples: readonly PeekedTuple[], missed: number): void;
  /**
   * There is nothing more to come.
   * @param reason one sentence
   * @param complete true when the topology was stopped and its workers sent everything before;
   * false when one of them died, and what it had not sent is lost
   */
  onEnd(reason: string, complete: boolean): void;
}

/**
 * What Nimbus, the pages and our commands ask of the runtime. Names take a topology name or, where
 * Storm's own calls do, a storm id.
 */
export interface TopologyService {
  /**
   * Validates, translates, inspects and stores; resolves once a kill -9 can no longer lose it.
   * Without a free slot it waits, with 0 workers, until there is one; first come, first served.
   * @throws AlreadyAliveError, InvalidTopologyError
   */
  submit(request: SubmitRequest): Promise<StormId>;
  /** @param waitSecs null: topology.message.timeout.secs. @throws NotAliveError */
  kill(name: string, waitSecs: number | null): Promise<void>;
  /** @throws NotAliveError; InvalidStateError while it is being rebalanced */
  activate(name: string): Promise<void>;
  /** @throws NotAliveError; InvalidStateError while it is being rebalanced */
  deactivate(name: string): Promise<void>;
  /**
   * Turns the spouts off at once and, after the wait, starts everything anew with the same tasks
   * on other workers and executors; then its status is what it was. A kill overrules it.
   * @throws NotAliveError, InvalidTopologyError; InvalidStateError while it is being rebalanced
   */
  rebalance(name: string, request: RebalanceRequest): Promise<void>;
  /**
   * Where a rebalance would place the executors with the slots that are free now; changes nothing.
   * @throws NotAliveError, InvalidTopologyError
   */
  previewRebalance(name: string, change: ParallelismRequest): readonly PlacedExecutor[];
  /**
   * Replaces the credentials as a whole and tells the workers; durable when it resolves.
   * @throws NotAliveError
   */
  uploadCredentials(name: string, credentials: Credentials): Promise<void>;
  /**
   * Gives loggers of all its workers other levels, now and whenever one of them starts, until their
   * time is over; durable when it resolves. What is not named stays as it is.
   * @param name a name or a storm id. @throws NotAliveError
   */
  changeLogLevels(name: string, changes: readonly LoggerChange[]): Promise<void>;
  /** Those in force, by name. @param name a name or a storm id. @throws NotAliveError */
  logLevels(name: string): readonly LoggerLevel[];
  /**
   * Writes a share of what a component emits, or all components do, to event logs beside those of
   * the workers, also after they were replaced, until it is disabled; durable when it resolves.
   * @param name a name or a storm id
   * @throws NotAliveError, InvalidTopologyError when there is no such component
   */
  changeDebugging(name: string, options: DebugOptions): Promise<void>;
  /** Of topologies that use another ZooKeeper there are none. */
  stateClaims(): StateClaims;
  cluster(): ClusterDescription;
  /** @param id a storm id. @throws NotAliveError */
  describe(id: string): TopologyDescription;
  /** How it runs now and ran lately. @param id a storm id or a name. @throws NotAliveError */
  statistics(id: string): TopologyStatistics;
  /**
   * Starts tapping and returns the function that stops it; resolves once every running worker taps.
   * @throws NotAliveError, InvalidTopologyError when the component or stream is unknown
   */
  peek(name: string, request: PeekRequest, listener: PeekListener): Promise<() => void>;
}
