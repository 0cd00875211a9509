import type { DrpcPort, NativeTopology } from '../../storm-api/builder/index.ts';
import { type StormConf, stormId } from '../../storm-api/index.ts';
import { type ExecutionPlan, type ExecutorPlan, translate } from '../../translator/index.ts';
import type { Clock } from '../clock.ts';
import type { ExecutorStats } from '../wire/index.ts';
import { BoltExecutor } from './bolt-executor.ts';
import { ComponentConfig } from './component-config.ts';
import { CycleBudget } from './cycle-budget.ts';
import { RandomEdges } from './edges.ts';
import type { Components, Credentials, Fabric, RunObserver } from './fabric.ts';
import { cycleLimits, mailboxRoom } from './flow-limits.ts';
import { naming, type Source } from './native-tuple.ts';
import { noDrpc } from './no-drpc.ts';
import { RunTimers } from './run-timers.ts';
import { RunningMark } from './running-mark.ts';
import { Scheduler, type Slice } from './scheduler.ts';
import { SeededRandom } from './seeded-random.ts';
import type { TaskLags } from './source-lags.ts';
import { SpoutExecutor } from './spout-executor.ts';
import type { SpoutSettings } from './spout-settings.ts';

const timeoutSecsDefault = 30;
const idleMsDefault = 1;

export interface NativeRunOptions {
  readonly plan: ExecutionPlan;
  /** Index of the worker whose executors these are. */
  readonly worker: number;
  /** Of this process among the worker's lives, 1 to 65535. */
  readonly incarnation: number;
  readonly program: Components;
  readonly clock: Clock;
  /** A number that decides all choices, or 128 random bits. */
  readonly seed: number | Int32Array;
  readonly observer?: RunObserver;
  /** Where it is told which user code runs; nobody looks when left out. */
  readonly mark?: RunningMark;
  /** Where DRPC requests come from; none come when left out. */
  readonly drpc?: DrpcPort;
  /** Where the program's files are; the working directory when left out. */
  readonly codeDir?: string;
  /** Of the scheduler; `timed` when left out. */
  readonly slice?: Slice;
}

/**
 * The plan of a program that has all of its components itself and runs in one process, without any
 * control plane.
 * @throws InvalidTopologyError as a submission would be refused
 */
export function planInOneProcess(
  { topology }: NativeTopology,
  config: StormConf,
  clock: Clock,
): ExecutionPlan {
  return translate({
    topology,
    stormId: stormId(`${topology.name}-1-${Math.floor(clock.now() / 1000)}`),
    config: config.with({ 'topology.workers': 1 }),
    slots: [0],
  }).plan;
}

/** The executors of one native worker, on this thread. */
export class NativeRun {
  readonly plan: ExecutionPlan;
  readonly fabric: Fabric;
  readonly #timers: RunTimers;
  readonly #scheduler: Scheduler;
  readonly #spouts: SpoutExecutor[] = [];
  readonly #bolts: BoltExecutor[] = [];
  #isOpen = false;

  constructor(options: NativeRunOptions) {
    const { plan, worker, clock } = options;
    this.plan = plan;
    this.#timers = new RunTimers(clock);
    this.#scheduler = new Scheduler(options.slice ?? 'timed');
    this.fabric = newFabric(options, this.#timers, this.#scheduler);
    for (const executor of plan.executors) {
      if (executor.worker === worker) this.#addExecutor(executor);
    }
  }

  /** Opens everything; spouts wait to be activated. */
  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    for (const executor of [...this.#bolts, ...this.#spouts]) executor.start();
  }

  /** Opens everything and lets the spouts emit. */
  start(): void {
    this.activate(true);
    this.open();
  }

  /** Stops or lets go on the spouts; what was emitted is still worked on. */
  activate(active: boolean): void {
    for (const spout of this.#spouts) spout.activate(active);
  }

  /** They take the place of those of before; the tasks hear of it in their turn. */
  setCredentials(credentials: Credentials): void {
    this.fabric.credentials = credentials;
    for (const executor of [...this.#bolts, ...this.#spouts]) executor.followCredentials();
  }

  /** Counts of every executor. */
  stats(): readonly ExecutorStats[] {
    const nowMs = this.#timers.now();
    return [...this.#spouts, ...this.#bolts].map((executor) => executor.stats(nowMs));
  }

  /** How far the tasks of spouts are that read a partitioned source. */
  lags(): readonly TaskLags[] {
    return this.#spouts.flatMap((spout) => spout.lags());
  }

  /** Tuples that wait, calls that have not ended and trees that are not complete. */
  get unfinished(): {
    readonly queued: number;
    readonly running: number;
    readonly pending: number;
  } {
    const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
    return {
      queued: sum(this.#bolts.map((bolt) => bolt.queued)),
      running: sum(this.#bolts.map((bolt) => bolt.running)),
      pending: sum(this.#spouts.map((spout) => spout.pendingCount)),
    };
  }

  /** No spout will emit anything new, unless some of it fails. */
  get spoutsHaveEnded(): boolean {
    return this.#spouts.every((spout) => spout.hasEnded);
  }

  /** Grows whenever something happened. */
  get steps(): number {
    return this.#scheduler.steps;
  }

  /** Nothing can happen before the clock moves on, or a promise of user code settles. */
  get isIdle(): boolean {
    return this.#scheduler.isIdle;
  }

  /** A promise of user code has not settled. */
  get awaitsUserCode(): boolean {
    return [...this.#spouts, ...this.#bolts].some((executor) => executor.awaitsUserCode);
  }

  /** Closes spouts and cleans up bolts; resolves when all of them have. */
  async stop(): Promise<void> {
    this.#timers.end();
    this.#scheduler.stop();
    await Promise.all([...this.#spouts, ...this.#bolts].map((executor) => executor.close()));
  }

  #addExecutor(executor: ExecutorPlan): void {
    const component = this.fabric.program.components.get(executor.component);
    if (component === undefined) throw new Error(`no component ${executor.component}`);
    const config = new ComponentConfig(this.fabric, executor.component);
    if (component.kind === 'bolt') {
      const room = mailboxRoom(config);
      this.#bolts.push(new BoltExecutor(this.fabric, executor, component, room));
    } else {
      const settings = spoutSettings(config);
      this.#spouts.push(new SpoutExecutor(this.fabric, executor, component, settings));
    }
  }
}

function newFabric(options: NativeRunOptions, clock: Clock, scheduler: Scheduler): Fabric {
  const { plan, program, seed, incarnation } = options;
  const {
    observer = {},
    mark = new RunningMark(),
    codeDir = process.cwd(),
    drpc = noDrpc,
  } = options;
  const random = new SeededRandom(seed);
  const componentIndexes: number[] = [];
  plan.processors.forEach(({ tasks }, index) => {
    for (const task of tasks) componentIndexes[task] = index;
  });
  const fabric: Fabric = {
    ...{ plan, program, codeDir, scheduler, clock, random, observer, mark, drpc },
    ...{ incarnation, componentIndexes },
    credentials: new Map(),
    edges: new RandomEdges(random),
    processors: new Map(plan.processors.map((each) => [each.id as string, each])),
    componentOfTask: new Map(
      plan.processors.flatMap(({ id, tasks }) => tasks.map((task) => [task as number, id])),
    ),
    sources: sourcesOf(plan),
    inlets: [],
    rootOwners: [],
    cycles: new Map(),
  };
  addCycles(fabric);
  return fabric;
}

function addCycles(fabric: Fabric): void {
  const { plan, cycles, observer } = fabric;
  for (const { id, cycle } of plan.processors) {
    if (cycle === null || cycles.has(cycle)) continue;
    const members = plan.processors.filter((each) => each.cycle === cycle).map((each) => each.id);
    const limits = cycleLimits(new ComponentConfig(fabric, id));
    cycles.set(cycle, new CycleBudget(members, limits, (error) => observer.onFatal?.(error)));
  }
}

function sourcesOf({ processors }: ExecutionPlan): readonly Source[] {
  return processors
    .flatMap(({ id, streams }) =>
      streams.map(({ id: stream, fields }, number) => ({ component: id, stream, fields, number })),
    )
    .map((source, index) => ({ ...source, index, named: naming(source.fields) }));
}

function spoutSettings(config: ComponentConfig): SpoutSettings {
  const timesOut = config.get('topology.enable.message.timeouts') !== false;
  const timeoutSecs = config.number('topology.message.timeout.secs', timeoutSecsDefault);
  return {
    maxPending: config.numberOrNull('topology.max.spout.pending'),
    timeoutMs: timesOut ? 1000 * timeoutSecs : 0,
    idleMs: config.number('topology.sleep.spout.wait.strategy.time.ms', idleMsDefault),
    tracks: config.get('topology.acker.executors') !== 0,
  };
}
