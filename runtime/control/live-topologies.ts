import {
  type ComponentId,
  type Credentials,
  type DebugOptions,
  didYouMean,
  InvalidStateError,
  type LoggerChange,
  NotAliveError,
  StormConf,
  type StormId,
  type TopologyObserver,
} from '../../storm-api/index.ts';
import {
  type ExecutionPlan,
  isolate,
  type Parallelism,
  placePlan,
  sharesWorker,
  slotsOf,
} from '../../translator/index.ts';
import type { Clock } from '../clock.ts';
import type { Engine } from '../engines/index.ts';
import type { Logger } from '../logger.ts';
import type { EventLogs } from './event-logs.ts';
import {
  endsAtMs,
  type Lifecycle,
  type LifecycleEvent,
  type Rebalancing,
  transition,
} from './lifecycle.ts';
import type { LiveTopology } from './live-topology.ts';
import { changedLevels } from './log-levels.ts';
import type { Records } from './records.ts';
import type { SlotTable } from './slot-table.ts';
import type { Submission } from './submission.ts';
import type { TopologyRecord } from './topology-record.ts';

const tryAgainMs = 5_000;
/** Longer waits are done in several. */
const stepMsMax = 0x7fffffff;

export interface LiveTopologiesOptions {
  readonly records: Records;
  readonly submission: Submission;
  readonly engine: Engine;
  readonly slots: SlotTable;
  readonly eventLogs: EventLogs;
  readonly observer: TopologyObserver;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Leads every accepted topology through its states and onto slots; first come, first served. */
export class LiveTopologies {
  readonly #options: LiveTopologiesOptions;
  readonly #live = new Map<StormId, LiveTopology>();
  #closed = false;
  #callOffPlacement: () => void = () => {};

  constructor(options: LiveTopologiesOptions) {
    this.#options = options;
  }

  all(): readonly LiveTopology[] {
    return [...this.#live.values()];
  }

  has(id: StormId): boolean {
    return this.#live.has(id);
  }

  /** @throws NotAliveError */
  get(nameOrId: string): LiveTopology {
    const topology = this.find(nameOrId);
    if (topology !== null) return topology;
    const names = this.all().map(({ record }) => record.name);
    throw notAlive(nameOrId, names);
  }

  find(nameOrId: string): LiveTopology | null {
    const topologies = this.all();
    const byName = topologies.find((topology) => topology.record.name === nameOrId);
    return byName ?? topologies.find((topology) => topology.id === nameOrId) ?? null;
  }

  /** Takes these up together, so that none is given a slot that another of them holds. */
  begin(topologies: readonly LiveTopology[]): void {
    for (const topology of topologies) {
      this.#live.set(topology.id, topology);
      topology.onStuck = (component) => this.#isolate(topology, component);
      this.#options.slots.hold(topology.record.name, slotsOf(topology.deployment.plan));
      this.#options.observer.onTopology(topology.observed());
    }
    for (const topology of topologies) {
      this.#start(topology);
      this.#planNextState(topology);
    }
    this.placeWaiting();
  }

  /**
   * The state is durable before anything acts on it.
   * @throws NotAliveError, InvalidStateError, and what `event` throws
   */
  async change(name: string, event: (topology: LiveTopology) => LifecycleEvent): Promise<void> {
    const topology = this.get(name);
    await topology.changes.run(async () => {
      if (!this.has(topology.id)) throw notAlive(name);
      const lifecycle = transition(topology.record.lifecycle, event(topology));
      if (lifecycle === null) throw notAllowed(topology.record);
      await this.#keep(topology, { ...topology.record, lifecycle });
      this.#options.engine.setActive(topology.id, lifecycle.status === 'ACTIVE');
      this.#planNextState(topology);
    });
  }

  /** @throws NotAliveError */
  async renewCredentials(name: string, credentials: Credentials): Promise<void> {
    const topology = this.get(name);
    await topology.changes.run(async () => {
      if (!this.has(topology.id)) throw notAlive(name);
      await this.#options.submission.replaceCredentials(topology.id, credentials);
      this.#options.engine.renewCredentials(topology.id);
    });
  }

  /** The levels are durable before the workers hear of them. @throws NotAliveError */
  async changeLogLevels(name: string, changes: readonly LoggerChange[]): Promise<void> {
    const topology = this.get(name);
    await topology.changes.run(async () => {
      if (!this.has(topology.id)) throw notAlive(name);
      const { record, id } = topology;
      const logLevels = changedLevels(record.logLevels, changes, this.#options.clock.now());
      await this.#keep(topology, { ...record, logLevels });
      this.#options.engine.setLogLevels(id, logLevels);
    });
  }

  /** Durable before anything is written. @throws NotAliveError, InvalidTopologyError */
  async changeDebugging(name: string, options: DebugOptions): Promise<void> {
    const topology = this.get(name);
    await topology.changes.run(async () => {
      if (!this.has(topology.id)) throw notAlive(name);
      topology.checkDebugging(options);
      const others = topology.record.debugging.filter(
        ({ component }) => component !== options.component,
      );
      await this.#keep(topology, { ...topology.record, debugging: [...others, options] });
      this.#options.eventLogs.follow(topology);
    });
  }

  /**
   * Starts those that wait, as far as there are slots, and gives what is left to those that run on
   * fewer than they want; to be called when slots became free.
   */
  placeWaiting(): void {
    for (const topology of this.#live.values()) {
      if (this.#closed || !this.#isWaiting(topology)) continue;
      const plan = this.#place(topology, topology.deployment.plan, topology.record.parallelism);
      if (plan.workers.length > 0) void topology.changes.run(() => this.#startOn(topology, plan));
    }
    this.#spreadOne();
  }

  /** Plans nothing any more; what runs is the engine's affair. */
  close(): void {
    this.#closed = true;
    this.#callOffPlacement();
    for (const topology of this.#live.values()) topology.callOffNextState();
  }

  #isWaiting({ record }: LiveTopology): boolean {
    const { status } = record.lifecycle;
    const mayRun = status === 'ACTIVE' || status === 'INACTIVE';
    return mayRun && !this.#options.slots.holdsAny(record.name);
  }

  /**
   * As Storm's scheduler does with a topology that has fewer workers than it wants: it is placed
   * anew when it could have more. One at a time, since the next may have what this one leaves.
   */
  #spreadOne(): void {
    const topology = this.all().find((each) => this.#couldSpread(each));
    if (topology === undefined || this.#closed) return;
    this.#options.logger.info({ topology: topology.id }, 'topology is spread over more slots');
    this.#placeAnew(topology, topology.record.parallelism);
  }

  /**
   * A component that keeps the thread of its process shall not hold up others again. What has a
   * process of its own already is left to its restarts.
   */
  #isolate(topology: LiveTopology, component: ComponentId): void {
    const { deployment, record, id } = topology;
    if (this.#closed || !sharesWorker(deployment.plan, component)) return;
    this.#options.logger.warn({ topology: id, component }, 'component gets a process of its own');
    this.#placeAnew(topology, isolate(record.parallelism, component));
  }

  /** The spouts need not wait: what is lost with the workers is replayed. */
  #placeAnew({ id, record }: LiveTopology, parallelism: Parallelism): void {
    const { clock, logger } = this.#options;
    const wish = { rebalanceAtMs: clock.now(), parallelism, overridesJson: '{}' };
    const event = { kind: 'rebalance', ...wish } as const;
    this.change(record.name, () => event).catch((error: unknown) => {
      logger.warn({ err: error, topology: id }, 'topology not placed anew');
    });
  }

  #couldSpread({ record, deployment }: LiveTopology): boolean {
    const { status } = record.lifecycle;
    const has = slotsOf(deployment.plan).length;
    if (has === 0 || (status !== 'ACTIVE' && status !== 'INACTIVE')) return false;
    const slots = this.#options.slots.availableTo(record.name);
    return slotsOf(placePlan(deployment.plan, record.parallelism, slots)).length > has;
  }

  /** The slots are taken at once: what makes the plan durable takes a while. */
  #place(
    { record: { name } }: LiveTopology,
    unplaced: ExecutionPlan,
    parallelism: Parallelism,
  ): ExecutionPlan {
    const { slots } = this.#options;
    const plan = placePlan(unplaced, parallelism, slots.availableTo(name));
    slots.hold(name, slotsOf(plan));
    return plan;
  }

  async #startOn(topology: LiveTopology, plan: ExecutionPlan): Promise<void> {
    const { slots, clock, logger } = this.#options;
    const { name, lifecycle } = topology.record;
    if (lifecycle.status === 'KILLED' || lifecycle.status === 'REBALANCING') {
      slots.release(name);
      this.placeWaiting();
      return;
    }
    try {
      await this.#replacePlan(topology, plan);
      this.#start(topology);
    } catch (error) {
      logger.error({ err: error, topology: topology.id }, 'waiting topology not started');
      slots.release(name);
      this.#callOffPlacement();
      if (!this.#closed) {
        this.#callOffPlacement = clock.after(tryAgainMs, () => this.placeWaiting());
      }
    }
  }

  #start(topology: LiveTopology): void {
    const { deployment, record, id } = topology;
    const { status } = record.lifecycle;
    const workers = deployment.plan.workers.length;
    if (workers > 0) {
      this.#options.engine.start(deployment, status === 'ACTIVE', topology);
      this.#options.engine.setLogLevels(id, record.logLevels);
      this.#options.eventLogs.follow(topology);
    }
    const event = workers > 0 ? 'topology starts' : 'topology waits for a free slot';
    this.#options.logger.info({ topology: id, status, workers }, event);
  }

  #planNextState(topology: LiveTopology): void {
    topology.callOffNextState();
    const atMs = endsAtMs(topology.record.lifecycle);
    if (atMs === null || this.#closed) return;
    this.#waitForNextState(topology, Math.max(0, atMs - this.#options.clock.now()));
  }

  /** Looks at no time of day again: a clock that was set back must not lengthen the wait. */
  #waitForNextState(topology: LiveTopology, waitMs: number): void {
    const stepMs = Math.min(waitMs, stepMsMax);
    topology.callOffNextState = this.#options.clock.after(stepMs, () => {
      if (waitMs > stepMs) this.#waitForNextState(topology, waitMs - stepMs);
      else void this.#enterNextState(topology);
    });
  }

  async #enterNextState(topology: LiveTopology): Promise<void> {
    const { clock, logger } = this.#options;
    const { lifecycle } = topology.record;
    try {
      if (lifecycle.status === 'REBALANCING') {
        await this.#rebalance(topology, lifecycle);
      } else {
        await topology.changes.run(() => this.#remove(topology, lifecycle));
      }
    } catch (error) {
      const { status } = lifecycle;
      logger.error({ err: error, topology: topology.id, status }, 'next state not reached');
      if (!this.has(topology.id) || this.#closed) return;
      topology.callOffNextState();
      topology.callOffNextState = clock.after(tryAgainMs, () => this.#planNextState(topology));
    }
  }

  /**
   * The workers end outside the queue of changes, so that a kill is heard meanwhile. The plan and
   * the configuration are durable before the state that says they are in force: a crash in between
   * repeats.
   */
  async #rebalance(topology: LiveTopology, state: Rebalancing): Promise<void> {
    const { engine, submission } = this.#options;
    await engine.stop(topology.id, 'the topology is rebalanced');
    await topology.changes.run(async () => {
      if (topology.record.lifecycle !== state || this.#closed) return;
      const { parallelism, next, overridesJson } = state;
      const record = { ...topology.record, parallelism, lifecycle: { status: next } };
      const { plan, config } = topology.reconfigured(StormConf.fromJson(overridesJson));
      if (config !== topology.deployment.config) {
        topology.deployment = await submission.replaceConfig(topology.deployment, config);
      }
      await this.#replacePlan(topology, this.#place(topology, plan, parallelism));
      await this.#keep(topology, record);
      this.#start(topology);
    });
    this.placeWaiting();
  }

  /** The record goes when nothing runs any more, the files after it: a crash in between repeats. */
  async #remove(topology: LiveTopology, state: Lifecycle): Promise<void> {
    const { engine, records, submission, slots, eventLogs, observer, logger } = this.#options;
    const { lifecycle, name } = topology.record;
    // A repeated kill may have come while this waited for its turn.
    if (lifecycle !== state || lifecycle.status !== 'KILLED') return;
    await engine.stop(topology.id, 'the topology was killed');
    await records.removeTopology(topology.id);
    this.#live.delete(topology.id);
    eventLogs.forget(topology.id);
    observer.onRemoved(topology.id);
    slots.release(name);
    this.placeWaiting();
    logger.info({ topology: topology.id }, 'topology removed');
    await submission.discard(topology.id);
  }

  async #replacePlan(topology: LiveTopology, plan: ExecutionPlan): Promise<void> {
    await this.#options.submission.replacePlan(plan);
    topology.deployment = { ...topology.deployment, plan };
  }

  async #keep(topology: LiveTopology, record: TopologyRecord): Promise<void> {
    await this.#options.records.putTopology(record);
    topology.record = record;
    this.#options.observer.onTopology(topology.observed());
  }
}

function notAlive(name: string, others: readonly string[] = []): NotAliveError {
  return new NotAliveError(`no topology named ${name} is alive${didYouMean(name, others)}`);
}

function notAllowed({ name, lifecycle }: TopologyRecord): Error {
  return lifecycle.status === 'KILLED'
    ? new NotAliveError(`${name} is being killed`)
    : new InvalidStateError(
        `${name} is being rebalanced; until that is over it can only be killed`,
      );
}
