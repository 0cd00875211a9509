import type {
  ComponentId,
  DebugOptions,
  ExecutorDescription,
  ObservedTopology,
  PeekRequest,
  StormId,
  TaskId,
  Topology,
  TopologyDescription,
  TopologyObserver,
  TopologyStatistics,
  TopologySummary,
  WorkerDescription,
} from '../../storm-api/index.ts';
import {
  didYouMean,
  InvalidTopologyError,
  noResources,
  type Resources,
  resourcesOf,
  type StormConf,
} from '../../storm-api/index.ts';
import {
  type Configured,
  type ExecutionPlan,
  type ExecutorPlan,
  type Parallelism,
  type Processor,
  planWanted,
  reconfigure,
  slotsOf,
} from '../../translator/index.ts';
import type { Clock } from '../clock.ts';
import type {
  Deployment,
  EngineListener,
  ErrorReport,
  LagReport,
  StatsReport,
} from '../engines/index.ts';
import { functionsThrough } from './drpc-functions.ts';
import type { ErrorBook } from './error-book.ts';
import { SerialQueue } from './serial-queue.ts';
import { type OwnZooKeeper, stateClaims } from './state-places.ts';
import type { StatisticsBook, StatisticsTexts } from './statistics/statistics-book.ts';
import { StatisticsView } from './statistics/statistics-view.ts';
import { problemOf } from './topology-problem.ts';
import type { TopologyRecord } from './topology-record.ts';

export interface LiveTopologyParts {
  readonly record: TopologyRecord;
  readonly deployment: Deployment;
  readonly topology: Topology;
  readonly systemTopology: Topology;
  /** What clients are told as the workers' host. */
  readonly hostName: string;
  readonly observer: TopologyObserver;
  readonly zooKeeper: OwnZooKeeper | null;
  readonly clock: Clock;
  /** What was counted before a restart of the control plane. */
  readonly statistics: StatisticsBook;
  /** What was reported before. */
  readonly errors: ErrorBook;
}

/** What of a topology is kept beside its files, as text; null: nothing new in it. */
export interface KeptTexts extends StatisticsTexts {
  readonly errors: string | null;
}

/** What any number of slots would give a plan. */
interface Wanted {
  readonly plan: ExecutionPlan;
  readonly parallelism: Parallelism;
  readonly workers: number;
  readonly resources: Resources;
}

/** An accepted topology, until it is removed. */
export class LiveTopology implements EngineListener {
  /** Its plan has no workers while it waits for a free slot. */
  deployment: Deployment;
  /** Changes of its state happen one at a time: a slow activate must not undo a kill. */
  readonly changes = new SerialQueue();
  record: TopologyRecord;
  callOffNextState: () => void = () => {};
  /** Set by whoever leads it through its states. */
  onStuck: EngineListener['onStuck'] = () => {};
  readonly #parts: LiveTopologyParts;
  readonly #view = new StatisticsView();
  #wantedBefore: Wanted | null = null;

  constructor(parts: LiveTopologyParts) {
    this.#parts = parts;
    this.record = parts.record;
    this.deployment = parts.deployment;
  }

  /** Whoever numbers its batches in our ZooKeeper needs it at once, and finds it running. */
  async beforeWorker(): Promise<void> {
    const { zooKeeper } = this.#parts;
    if (zooKeeper === null) return;
    if (stateClaims([this.record], zooKeeper.address).length > 0) await zooKeeper.start();
  }

  onStats(report: StatsReport): void {
    this.#parts.statistics.record(report, this.#parts.clock.now());
  }

  onLag(report: LagReport): void {
    this.#parts.statistics.recordLag(report);
  }

  onSubprocessEnded(task: TaskId): void {
    this.#parts.statistics.recordSubprocessEnd(task);
  }

  /** Statistics and errors to be kept. */
  takeStatistics(): KeptTexts {
    const { statistics, errors, clock } = this.#parts;
    return { ...statistics.takeChanges(clock.now()), errors: errors.takeChanges() };
  }

  onError(report: ErrorReport): void {
    this.#parts.errors.record(report);
  }

  onWorkerEnded(port: number, reason: string, worker: number): void {
    const sentence = `the worker of ${this.record.name} on port ${port} ended: ${reason}`;
    const functions = functionsThrough(this.deployment.plan, worker, this.record.drpcSpouts);
    this.#parts.observer.onWorkerEnded(this.id, sentence, functions);
  }

  observed(): ObservedTopology {
    const { name, lifecycle, drpcSpouts } = this.record;
    const { config, plan } = this.deployment;
    const { status } = lifecycle;
    return { id: this.id, name, status, generation: plan.generation, config, drpcSpouts };
  }

  get id(): StormId {
    return this.record.stormId;
  }

  /** What it is to run with other values of some keys. @throws InvalidTopologyError */
  reconfigured(overrides: StormConf): Configured {
    return overrides.size === 0
      ? this.deployment
      : reconfigure(this.#parts.topology, this.deployment, overrides);
  }

  /**
   * Tasks count `__acker`'s, which clients see in the task numbering although nothing runs them.
   * While the topology waits for a slot it has none, as in Storm.
   */
  summarize(workerList: readonly WorkerDescription[]): TopologySummary {
    const { processors, executors, workers } = this.deployment.plan;
    const wanted = this.#wanted;
    const ageMs = this.#parts.clock.now() - this.record.submittedAtMs;
    return {
      id: this.id,
      name: this.record.name,
      status: this.record.lifecycle.status,
      uptimeSecs: Math.floor(ageMs / 1000),
      tasks:
        workers.length === 0
          ? 0
          : processors.reduce((sum, processor) => sum + processor.tasks.length, 0),
      executors: executors.length,
      workers: new Set(workers.map(({ port }) => port)).size,
      owner: '',
      resources: {
        requested: wanted.resources,
        assigned: workers.length === 0 ? noResources : wanted.resources,
      },
      problem: problemOf({
        status: this.record.lifecycle.status,
        workers: workerList,
        workersWanted: wanted.workers,
        isolated: this.record.parallelism.isolated,
      }),
    };
  }

  describe(workerList: readonly WorkerDescription[]): TopologyDescription {
    const { plan, config } = this.deployment;
    let executorList: readonly ExecutorDescription[] | null = null;
    const describeExecutors = () =>
      plan.executors.map((executor) => this.#describeExecutor(executor, workerList));
    return {
      ...this.summarize(workerList),
      topology: this.#parts.topology,
      systemTopology: this.#parts.systemTopology,
      config,
      /** Many only ask what the topology is. */
      get executorList() {
        executorList ??= describeExecutors();
        return executorList;
      },
      workerList,
      errors: this.#parts.errors.newestFirst,
      debugging: this.record.debugging,
    };
  }

  statistics(workerList: readonly WorkerDescription[]): TopologyStatistics {
    const { hostName, clock, statistics: book } = this.#parts;
    const { plan } = this.deployment;
    const running = this.#view.of({ plan, workerList, hostName, book, nowMs: clock.now() });
    return {
      ...this.summarize(workerList),
      ...{ timeMs: running.timeMs, components: running.components, workerList },
      /** Not everybody asks for these. */
      get executorList() {
        return running.executorList;
      },
      get bottleneck() {
        return running.bottleneck;
      },
      errorGroups: this.#parts.errors.groups,
    };
  }

  /** Whoever lists topologies asks, so it is kept. */
  get #wanted(): Wanted {
    const { plan, config } = this.deployment;
    const { parallelism } = this.record;
    const before = this.#wantedBefore;
    if (before?.plan === plan && before.parallelism === parallelism) return before;
    const whole = planWanted(plan, parallelism);
    const { systemTopology } = this.#parts;
    const resources = resourcesOf(whole.executors, { systemTopology, config });
    this.#wantedBefore = { plan, parallelism, workers: slotsOf(whole).length, resources };
    return this.#wantedBefore;
  }

  /** @throws InvalidTopologyError when there is no such component or stream to look at, or not yet. */
  checkPeek({ component, stream }: PeekRequest): void {
    const processor = this.#usersProcessor(component);
    if (stream !== null && processor.streams.every(({ id }) => id !== stream)) {
      throw new InvalidTopologyError(`component "${component}" has no stream "${stream}"`);
    }
    if (this.deployment.plan.workers.length === 0) {
      throw new InvalidTopologyError(`${this.record.name} waits for a free slot`);
    }
  }

  /** @throws InvalidTopologyError when there is no such component */
  checkDebugging({ component }: DebugOptions): void {
    if (component !== null) this.#usersProcessor(component);
  }

  #usersProcessor(component: ComponentId): Processor {
    const processors = this.deployment.plan.processors.filter(({ kind }) => kind !== 'system');
    const processor = processors.find(({ id }) => id === component);
    if (processor !== undefined) return processor;
    const guess = didYouMean(
      component,
      processors.map(({ id }) => id),
    );
    throw new InvalidTopologyError(`${this.record.name} has no component "${component}"${guess}`);
  }

  #describeExecutor(
    { component, firstTask, lastTask, worker }: ExecutorPlan,
    workerList: readonly WorkerDescription[],
  ): ExecutorDescription {
    const { statistics, clock, hostName: host } = this.#parts;
    const isRunning = workerList[worker]?.state === 'running';
    const sinceMs = statistics.runningSinceMs(firstTask);
    const port = this.deployment.plan.workers[worker]?.port ?? 0;
    let counts: ExecutorDescription['counts'] | undefined;
    return {
      ...{ component, firstTask, lastTask, host, port },
      uptimeSecs: sinceMs === null || !isRunning ? 0 : Math.floor((clock.now() - sinceMs) / 1000),
      get counts() {
        if (counts === undefined) counts = statistics.counts(firstTask, lastTask);
        return counts;
      },
    };
  }
}
