import { settings, withOwnZooKeeper } from '../../storm-api/config/index.ts';
import {
  AlreadyAliveError,
  type ClusterDescription,
  type Credentials,
  type DebugOptions,
  type LoggerChange,
  type LoggerLevel,
  type ParallelismRequest,
  type PeekListener,
  type PeekRequest,
  type PlacedExecutor,
  type RebalanceRequest,
  type StateClaims,
  type StormConf,
  type StormId,
  type SubmitRequest,
  type SupervisorCapacity,
  stormId,
  type TopologyDescription,
  type TopologyObserver,
  type TopologyService,
  type TopologyStatistics,
} from '../../storm-api/index.ts';
import {
  addSystemComponents,
  changeParallelism,
  placePlan,
  type Translation,
  translate,
  validateTopologyName,
} from '../../translator/index.ts';
import type { Clock } from '../clock.ts';
import type { Engine } from '../engines/index.ts';
import type { Logger } from '../logger.ts';
import { DamagedTopologies } from './damaged-topologies.ts';
import { ErrorBook } from './error-book.ts';
import { NotLeadingError } from './errors.ts';
import { EventLogs } from './event-logs.ts';
import { findGeneration, type Generations } from './generations.ts';
import { LiveTopologies } from './live-topologies.ts';
import { LiveTopology } from './live-topology.ts';
import { inForce } from './log-levels.ts';
import type { Records } from './records.ts';
import { SlotTable } from './slot-table.ts';
import { type Claim, checkStatePlaces, type OwnZooKeeper, stateClaims } from './state-places.ts';
import { StatisticsBook } from './statistics/statistics-book.ts';
import type { Submission } from './submission.ts';
import type { TopologyRecord } from './topology-record.ts';

/** How much counting a kill -9 may cost; twice as much while topologies come and go. */
const keepCountsMs = 10_000;

export interface TopologyManagerOptions {
  readonly records: Records;
  readonly submission: Submission;
  readonly engine: Engine;
  readonly generations: Generations;
  /** supervisor.slots.ports. */
  readonly slotPorts: readonly number[];
  readonly hostName: string;
  readonly supervisorId: string;
  readonly capacity: SupervisorCapacity;
  readonly observer: TopologyObserver;
  /** What topologies find that name no ZooKeeper; null: what the cluster's configuration names. */
  readonly zooKeeper: OwnZooKeeper | null;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Accepts topologies and leads each through its life, across restarts. */
export class TopologyManager implements TopologyService {
  readonly #options: TopologyManagerOptions;
  readonly #startedAtMs: number;
  readonly #slots: SlotTable;
  readonly #live: LiveTopologies;
  readonly #damaged = new DamagedTopologies();
  /** Submissions that are not accepted yet: their names, and where they will keep their batches. */
  readonly #pending = new Map<string, readonly string[]>();
  #closed: string | null = null;
  #callOffCounts: () => void = () => {};

  constructor(options: TopologyManagerOptions) {
    this.#options = options;
    this.#startedAtMs = options.clock.now();
    this.#slots = new SlotTable(options.slotPorts);
    this.#live = new LiveTopologies({
      ...options,
      slots: this.#slots,
      eventLogs: new EventLogs({ ...options, random: Math.random }),
    });
  }

  /** Goes on with everything that was accepted before. To be called once, before any other. */
  async restore(): Promise<void> {
    const restored: LiveTopology[] = [];
    for (const record of await this.#recordsByAge()) {
      try {
        restored.push(await this.#read(record));
      } catch (error) {
        this.#options.logger.error({ err: error, topology: record.stormId }, 'not restored');
        this.#damaged.add(record, error);
      }
    }
    this.#live.begin(restored);
    this.#keepCountsRegularly();
  }

  /** Writes down what the executors counted, so that a restart goes on from there. */
  keepCounts(): void {
    for (const topology of this.#live.all()) this.#keepCountsOf(topology);
  }

  async submit(request: SubmitRequest): Promise<StormId> {
    this.#checkOpen();
    const { name } = request.topology;
    validateTopologyName(name);
    if (this.#pending.has(name) || this.#live.find(name) !== null) {
      throw new AlreadyAliveError(`a topology named ${name} is alive`);
    }
    if (this.#damaged.find(name) !== null) {
      throw new AlreadyAliveError(
        `a topology named ${name} is there and could not be restored: kill it first`,
      );
    }
    this.#pending.set(name, []);
    try {
      return await this.#accept(request);
    } catch (error) {
      this.#slots.release(name);
      this.#live.placeWaiting();
      throw error;
    } finally {
      this.#pending.delete(name);
    }
  }

  async kill(name: string, waitSecs: number | null): Promise<void> {
    this.#checkOpen();
    const damaged = this.#damaged.find(name);
    if (damaged !== null) return await this.#removeDamaged(name, damaged);
    await this.#live.change(name, (topology) => ({
      kind: 'kill',
      removeAtMs: this.#afterWaitMs(topology, waitSecs),
    }));
  }

  async activate(name: string): Promise<void> {
    this.#checkOpen();
    await this.#live.change(name, () => ({ kind: 'activate' }));
  }

  async deactivate(name: string): Promise<void> {
    this.#checkOpen();
    await this.#live.change(name, () => ({ kind: 'deactivate' }));
  }

  async rebalance(name: string, request: RebalanceRequest): Promise<void> {
    const { waitSecs, overrides, ...change } = request;
    this.#checkOpen();
    const running = this.#live.get(name);
    const { config } = running.reconfigured(overrides);
    try {
      await this.#options.submission.check(running.deployment, config);
    } catch (error) {
      this.#live.get(name); // its files go with it when it is killed meanwhile
      throw error;
    }
    await this.#live.change(name, (topology) => {
      const { processors } = topology.reconfigured(overrides).plan;
      return {
        kind: 'rebalance',
        rebalanceAtMs: this.#afterWaitMs(topology, waitSecs),
        parallelism: changeParallelism(topology.record.parallelism, change, processors),
        overridesJson: overrides.toJson(),
      };
    });
  }

  previewRebalance(name: string, change: ParallelismRequest): readonly PlacedExecutor[] {
    const { record, deployment } = this.#live.get(name);
    const parallelism = changeParallelism(record.parallelism, change, deployment.plan.processors);
    const slots = this.#slots.availableTo(record.name);
    const { executors, workers } = placePlan(deployment.plan, parallelism, slots);
    return executors.map(({ worker, ...executor }) => ({
      ...executor,
      port: workers[worker]?.port ?? 0,
    }));
  }

  async uploadCredentials(name: string, credentials: Credentials): Promise<void> {
    this.#checkOpen();
    await this.#live.renewCredentials(name, credentials);
    this.#options.logger.info({ topology: name }, 'credentials renewed');
  }

  async changeLogLevels(name: string, changes: readonly LoggerChange[]): Promise<void> {
    this.#checkOpen();
    await this.#live.changeLogLevels(name, changes);
    this.#options.logger.info({ topology: name, changes }, 'log levels changed');
  }

  logLevels(name: string): readonly LoggerLevel[] {
    return inForce(this.#live.get(name).record.logLevels, this.#options.clock.now());
  }

  async changeDebugging(name: string, options: DebugOptions): Promise<void> {
    this.#checkOpen();
    await this.#live.changeDebugging(name, options);
    this.#options.logger.info({ topology: name, ...options }, 'event logging changed');
  }

  stateClaims(): StateClaims {
    const zooKeeper = this.#options.zooKeeper?.address ?? null;
    return { zooKeeper, claims: zooKeeper === null ? [] : stateClaims(this.#claims(), zooKeeper) };
  }

  cluster(): ClusterDescription {
    const { hostName, supervisorId, capacity, clock } = this.#options;
    return {
      host: hostName,
      nimbusUptimeSecs: Math.floor((clock.now() - this.#startedAtMs) / 1000),
      supervisorId,
      capacity,
      slotsTotal: this.#slots.total,
      slotsUsed: this.#slots.used,
      topologies: this.#live
        .all()
        .map((topology) => topology.summarize(this.#options.engine.workers(topology.id))),
      damaged: this.#damaged.summaries(clock.now()),
    };
  }

  describe(id: string): TopologyDescription {
    const topology = this.#live.get(id);
    return topology.describe(this.#options.engine.workers(topology.id));
  }

  statistics(id: string): TopologyStatistics {
    const topology = this.#live.get(id);
    return topology.statistics(this.#options.engine.workers(topology.id));
  }

  async peek(name: string, request: PeekRequest, listener: PeekListener): Promise<() => void> {
    const topology = this.#live.get(name);
    topology.checkPeek(request);
    return this.#options.engine.peek(topology.id, request, listener);
  }

  /** null when the topology brought no jar, or is not alive. */
  jarOf(id: StormId): string | null {
    return this.#live.has(id) ? this.#options.submission.jarOf(id) : null;
  }

  /** Refuses everything from now on; what runs is the engine's affair. */
  close(reason: string): void {
    this.#closed = reason;
    this.#callOffCounts();
    this.#live.close();
  }

  /** Nothing of it runs, so that nobody waits. */
  async #removeDamaged(name: string, id: StormId): Promise<void> {
    const { records, submission, logger } = this.#options;
    await records.removeTopology(id);
    this.#damaged.remove(name);
    await submission.discard(id);
    logger.info({ topology: id }, 'damaged topology removed');
  }

  async #accept(request: SubmitRequest): Promise<StormId> {
    const { records, submission, clock, logger } = this.#options;
    const { topology, initialStatus } = request;
    const submittedAtMs = clock.now();
    const id = stormId(
      `${topology.name}-${await records.nextSubmission()}-${Math.floor(submittedAtMs / 1000)}`,
    );
    const translation = this.#translate(request, id);
    const { deployment, ...found } = await submission.prepare(translation, request);
    const lifecycle = { status: initialStatus };
    const { parallelism } = translation;
    const { name } = topology;
    const untouched = { logLevels: [], debugging: [] };
    const wish = { submittedAtMs, parallelism, lifecycle, hasJar: request.jarFile !== null };
    const record: TopologyRecord = { stormId: id, name, ...wish, ...found, ...untouched };
    await this.#store(record);
    logger.info({ topology: id, status: initialStatus }, 'topology accepted');
    const parts = { ...this.#options, ...translation, record, deployment };
    const books = {
      statistics: StatisticsBook.empty(),
      errors: ErrorBook.empty(this.#options.hostName),
    };
    this.#live.begin([new LiveTopology({ ...parts, ...books })]);
    return id;
  }

  /** Takes the slots at once: another submission may come before this one is accepted. */
  #translate(request: SubmitRequest, id: StormId): Translation {
    const { topology } = request;
    const { config } = findGeneration(this.#options.generations, topology.generation);
    const slots = this.#slots.availableTo(topology.name);
    const own = this.#options.zooKeeper?.address ?? null;
    const completed =
      own === null
        ? topology
        : { ...topology, config: withOwnZooKeeper(topology.config, config, own) };
    const translation = translate({ topology: completed, stormId: id, config, slots });
    const ports = translation.plan.workers.map((worker) => worker.port);
    this.#slots.hold(topology.name, ports);
    return translation;
  }

  async #store(record: TopologyRecord): Promise<void> {
    try {
      this.#checkOpen();
      this.#claim(record);
      await this.#options.records.putTopology(record);
    } catch (error) {
      await this.#options.submission.discard(record.stormId);
      throw error;
    }
  }

  /** @throws InvalidTopologyError when another topology keeps its batches at the same place */
  #claim(record: TopologyRecord): void {
    checkStatePlaces(record, this.#claims());
    this.#pending.set(record.name, record.statePlaces);
  }

  /** Of those that live, will live any moment, or may live again. */
  #claims(): readonly Claim[] {
    const live = this.#live.all().map((topology) => topology.record);
    const pending = [...this.#pending].map(([name, statePlaces]) => ({ name, statePlaces }));
    return [...live, ...this.#damaged.records(), ...pending];
  }

  /** Those that wait for slots are served in the order in which they came. */
  async #recordsByAge(): Promise<readonly TopologyRecord[]> {
    const records = await this.#options.records.topologies();
    return [...records].sort((a, b) => a.submittedAtMs - b.submittedAtMs);
  }

  async #read(record: TopologyRecord): Promise<LiveTopology> {
    const { submission, hostName, logger } = this.#options;
    const { stormId } = record;
    const stored = await submission.read(record);
    const deployment = await submission.deploy(stored);
    const systemTopology = addSystemComponents(stored.topology, stored.config);
    const statistics = submission.readStatistics(stormId, (error) => {
      logger.warn({ err: error, topology: stormId }, 'counts cannot be read: begun anew');
    });
    const errors = submission.readErrors(stormId, hostName, (error) => {
      logger.warn({ err: error, topology: stormId }, 'errors cannot be read: begun anew');
    });
    const parts = { ...stored, systemTopology, record, deployment, statistics, errors };
    return new LiveTopology({ ...this.#options, ...parts });
  }

  /** @param waitSecs null: topology.message.timeout.secs. */
  #afterWaitMs({ deployment }: LiveTopology, waitSecs: number | null): number {
    const secs = waitSecs ?? messageTimeoutSecs(deployment.config);
    return this.#options.clock.now() + 1000 * secs;
  }

  #keepCountsOf(topology: LiveTopology): void {
    try {
      this.#options.submission.writeStatistics(topology.id, topology.takeStatistics());
    } catch (error) {
      this.#options.logger.warn({ err: error, topology: topology.id }, 'counts not kept');
    }
  }

  /** One topology after another: requests would have to wait while all of them are written. */
  #keepCountsRegularly(turn = 0): void {
    const everyMs = keepCountsMs / Math.max(1, this.#live.all().length);
    this.#callOffCounts = this.#options.clock.after(everyMs, () => {
      const topologies = this.#live.all();
      const topology = topologies[turn % Math.max(1, topologies.length)];
      if (topology !== undefined) this.#keepCountsOf(topology);
      this.#keepCountsRegularly(turn + 1);
    });
  }

  #checkOpen(): void {
    if (this.#closed !== null) throw new NotLeadingError(this.#closed);
  }
}

function messageTimeoutSecs(config: StormConf): number {
  const value = config.get('topology.message.timeout.secs');
  return typeof value === 'number' && value >= 0 ? value : settings.messageTimeoutSecs.fallback;
}
