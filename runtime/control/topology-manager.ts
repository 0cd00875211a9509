import { settings } from '../../storm-api/config/index.ts';
import {
  AlreadyAliveError,
  type ClusterDescription,
  InvalidTopologyError,
  NotAliveError,
  type PeekListener,
  type PeekRequest,
  type RebalanceRequest,
  type StormConf,
  type StormId,
  type SubmitRequest,
  stormId,
  type TopologyDescription,
  type TopologyService,
} from '../../storm-api/index.ts';
import {
  addSystemComponents,
  NoFreeSlotsError,
  type Translation,
  translate,
  validateTopologyName,
} from '../../translator/index.ts';
import type { Clock } from '../clock.ts';
import type { Engine } from '../engines/index.ts';
import type { Logger } from '../logger.ts';
import { CountBook } from './count-book.ts';
import { NotLeadingError } from './errors.ts';
import { findGeneration, type Generations } from './generations.ts';
import { type LifecycleEvent, transition } from './lifecycle.ts';
import { LiveTopology } from './live-topology.ts';
import type { Records } from './records.ts';
import type { Submission } from './submission.ts';
import type { TopologyRecord } from './topology-record.ts';

const removeAgainMs = 5_000;
/** How much counting a kill -9 may cost at most. */
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
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Accepts topologies and leads each through its life, across restarts. */
export class TopologyManager implements TopologyService {
  readonly #options: TopologyManagerOptions;
  readonly #startedAtMs: number;
  readonly #live = new Map<StormId, LiveTopology>();
  /** Names of submissions that are not accepted yet, with the ports they will take. */
  readonly #pending = new Map<string, readonly number[]>();
  #closed: string | null = null;
  #callOffCounts: () => void = () => {};

  constructor(options: TopologyManagerOptions) {
    this.#options = options;
    this.#startedAtMs = options.clock.now();
  }

  /** Goes on with everything that was accepted before. To be called once, before any other. */
  async restore(): Promise<void> {
    for (const record of await this.#options.records.topologies()) {
      try {
        await this.#restoreOne(record);
      } catch (error) {
        this.#options.logger.error({ err: error, topology: record.stormId }, 'not restored');
      }
    }
    this.#keepCountsRegularly();
  }

  /** Writes down what the executors counted, so that a restart goes on from there. */
  keepCounts(): void {
    for (const topology of this.#live.values()) {
      const text = topology.takeCounts();
      if (text === null) continue;
      try {
        this.#options.submission.writeCounts(topology.id, text);
      } catch (error) {
        this.#options.logger.warn({ err: error, topology: topology.id }, 'counts not kept');
      }
    }
  }

  async submit(request: SubmitRequest): Promise<StormId> {
    this.#checkOpen();
    const { name } = request.topology;
    validateTopologyName(name);
    if (this.#pending.has(name) || this.#find(name) !== null) {
      throw new AlreadyAliveError(`a topology named ${name} is alive`);
    }
    this.#pending.set(name, []);
    try {
      return await this.#accept(request);
    } finally {
      this.#pending.delete(name);
    }
  }

  async kill(name: string, waitSecs: number | null): Promise<void> {
    const { clock } = this.#options;
    const waitMs = 1000 * (waitSecs ?? messageTimeoutSecs(this.#get(name).deployment.config));
    await this.#change(name, () => ({ kind: 'kill', removeAtMs: clock.now() + waitMs }));
  }

  async activate(name: string): Promise<void> {
    await this.#change(name, () => ({ kind: 'activate' }));
  }

  async deactivate(name: string): Promise<void> {
    await this.#change(name, () => ({ kind: 'deactivate' }));
  }

  async rebalance(name: string, _request: RebalanceRequest): Promise<void> {
    this.#get(name);
    throw new InvalidTopologyError('rebalance is not available yet');
  }

  cluster(): ClusterDescription {
    const { hostName, supervisorId, slotPorts, clock } = this.#options;
    return {
      host: hostName,
      nimbusUptimeSecs: Math.floor((clock.now() - this.#startedAtMs) / 1000),
      supervisorId,
      slotsTotal: slotPorts.length,
      slotsUsed: slotPorts.length - this.#freePorts().length,
      topologies: [...this.#live.values()].map((topology) => topology.summarize()),
    };
  }

  describe(id: string): TopologyDescription {
    const topology = this.#get(id);
    return topology.describe(this.#options.engine.workers(topology.id));
  }

  async peek(name: string, request: PeekRequest, listener: PeekListener): Promise<() => void> {
    const topology = this.#get(name);
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
    for (const topology of this.#live.values()) topology.callOffRemoval();
  }

  async #accept(request: SubmitRequest): Promise<StormId> {
    const { records, submission, clock, logger } = this.#options;
    const { topology, initialStatus } = request;
    const submittedAtMs = clock.now();
    const id = stormId(
      `${topology.name}-${await records.nextSubmission()}-${Math.floor(submittedAtMs / 1000)}`,
    );
    const translation = this.#translate(request, id);
    const deployment = await submission.prepare(translation, request);
    const lifecycle = { status: initialStatus };
    const record: TopologyRecord = { stormId: id, name: topology.name, submittedAtMs, lifecycle };
    await this.#store(record);
    const counts = CountBook.empty();
    this.#begin(new LiveTopology({ ...this.#options, ...translation, record, deployment, counts }));
    logger.info({ topology: id, status: initialStatus }, 'topology accepted');
    return id;
  }

  /** Takes the slots at once: another submission may come before this one is accepted. */
  #translate(request: SubmitRequest, id: StormId): Translation {
    const { topology } = request;
    try {
      const { config } = findGeneration(this.#options.generations, topology.generation);
      const slots = this.#freePorts();
      const translation = translate({ topology, stormId: id, config, slots });
      const ports = translation.plan.workers.map((worker) => worker.port);
      this.#pending.set(topology.name, ports);
      return translation;
    } catch (cause) {
      if (!(cause instanceof NoFreeSlotsError)) throw cause;
      throw new InvalidTopologyError(cause.message, { cause });
    }
  }

  async #store(record: TopologyRecord): Promise<void> {
    try {
      this.#checkOpen();
      await this.#options.records.putTopology(record);
    } catch (error) {
      await this.#options.submission.discard(record.stormId);
      throw error;
    }
  }

  async #restoreOne(record: TopologyRecord): Promise<void> {
    const { submission } = this.#options;
    const stored = await submission.read(record.stormId);
    const deployment = await submission.deploy(stored);
    const systemTopology = addSystemComponents(stored.topology, stored.config);
    const counts = submission.readCounts(record.stormId);
    const parts = { ...stored, systemTopology, record, deployment, counts };
    this.#begin(new LiveTopology({ ...this.#options, ...parts }));
  }

  #begin(topology: LiveTopology): void {
    this.#live.set(topology.id, topology);
    const { lifecycle } = topology.record;
    this.#options.engine.start(topology.deployment, lifecycle.status === 'ACTIVE', topology);
    this.#planRemoval(topology);
  }

  /** The state is durable before anything acts on it. */
  async #change(name: string, event: () => LifecycleEvent): Promise<void> {
    this.#checkOpen();
    const topology = this.#get(name);
    await topology.changes.run(async () => {
      if (!this.#live.has(topology.id)) throw notAlive(name);
      const lifecycle = transition(topology.record.lifecycle, event());
      if (lifecycle === null) throw new NotAliveError(`${name} is being killed`);
      const record = { ...topology.record, lifecycle };
      await this.#options.records.putTopology(record);
      topology.record = record;
      this.#options.engine.setActive(topology.id, lifecycle.status === 'ACTIVE');
      this.#planRemoval(topology);
    });
  }

  #planRemoval(topology: LiveTopology): void {
    topology.callOffRemoval();
    const { lifecycle } = topology.record;
    if (lifecycle.status !== 'KILLED' || this.#closed !== null) return;
    const delayMs = Math.max(0, lifecycle.removeAtMs - this.#options.clock.now());
    topology.callOffRemoval = this.#options.clock.after(delayMs, () => {
      void topology.changes.run(() => this.#remove(topology));
    });
  }

  /** The record goes when nothing runs any more, the files after it: a crash in between repeats. */
  async #remove(topology: LiveTopology): Promise<void> {
    const { engine, records, submission, clock, logger } = this.#options;
    const { lifecycle } = topology.record;
    // A repeated kill may have come while this waited for its turn.
    if (lifecycle.status !== 'KILLED' || lifecycle.removeAtMs > clock.now()) return;
    try {
      await engine.stop(topology.id, 'the topology was killed');
      await records.removeTopology(topology.id);
      this.#live.delete(topology.id);
      logger.info({ topology: topology.id }, 'topology removed');
      await submission.discard(topology.id);
    } catch (error) {
      logger.error({ err: error, topology: topology.id }, 'topology not removed');
      if (!this.#live.has(topology.id) || this.#closed !== null) return;
      topology.callOffRemoval = clock.after(removeAgainMs, () => this.#planRemoval(topology));
    }
  }

  #keepCountsRegularly(): void {
    this.#callOffCounts = this.#options.clock.after(keepCountsMs, () => {
      this.keepCounts();
      this.#keepCountsRegularly();
    });
  }

  #freePorts(): readonly number[] {
    const used = new Set([
      ...[...this.#live.values()].flatMap((topology) => topology.slots),
      ...[...this.#pending.values()].flat(),
    ]);
    return this.#options.slotPorts.filter((port) => !used.has(port));
  }

  #get(nameOrId: string): LiveTopology {
    const topology = this.#find(nameOrId);
    if (topology === null) throw notAlive(nameOrId);
    return topology;
  }

  #find(nameOrId: string): LiveTopology | null {
    const topologies = [...this.#live.values()];
    const byName = topologies.find((topology) => topology.record.name === nameOrId);
    return byName ?? topologies.find((topology) => topology.id === nameOrId) ?? null;
  }

  #checkOpen(): void {
    if (this.#closed !== null) throw new NotLeadingError(this.#closed);
  }
}

function notAlive(name: string): NotAliveError {
  return new NotAliveError(`no topology named ${name} is alive`);
}

function messageTimeoutSecs(config: StormConf): number {
  const value = config.get('topology.message.timeout.secs');
  return typeof value === 'number' && value >= 0 ? value : settings.messageTimeoutSecs.fallback;
}
