import type { NativeTopology } from '../../storm-api/builder/index.ts';
import { type StormConf, stormId } from '../../storm-api/index.ts';
import { type ExecutionPlan, type ExecutorPlan, translate } from '../../translator/index.ts';
import type { Clock } from '../clock.ts';
import { BoltExecutor } from './bolt-executor.ts';
import { CycleBudget, type Fabric, type RunObserver } from './fabric.ts';
import { RunTimers } from './run-timers.ts';
import { Scheduler, type Slice } from './scheduler.ts';
import { SeededRandom } from './seeded-random.ts';
import { SpoutExecutor, type SpoutSettings } from './spout-executor.ts';

const mailboxTuples = 1024;
const timeoutSecsDefault = 30;
const idleMsDefault = 1;

export interface NativeRunOptions {
  readonly program: NativeTopology;
  /** Under the topology's own configuration. */
  readonly config: StormConf;
  readonly clock: Clock;
  readonly seed: number;
  readonly observer?: RunObserver;
  /** Where the program's files are; the working directory when left out. */
  readonly codeDir?: string;
  /** Of the scheduler; `timed` when left out. */
  readonly slice?: Slice;
}

/** All executors of a topology whose components are in this program, on this thread. */
export class NativeRun {
  readonly plan: ExecutionPlan;
  readonly #timers: RunTimers;
  readonly #scheduler: Scheduler;
  readonly #spouts: SpoutExecutor[] = [];
  readonly #bolts: BoltExecutor[] = [];

  /** @throws InvalidTopologyError as a submission would be refused */
  constructor(options: NativeRunOptions) {
    const { program, config, clock, seed, observer = {} } = options;
    const { plan } = translate({
      topology: program.topology,
      stormId: stormId(`${program.topology.name}-1-${Math.floor(clock.now() / 1000)}`),
      config: config.with({ 'topology.workers': 1 }),
      slots: [0],
    });
    this.plan = plan;
    this.#timers = new RunTimers(clock);
    this.#scheduler = new Scheduler(options.slice ?? 'timed');
    const fabric: Fabric = {
      plan,
      program,
      codeDir: options.codeDir ?? process.cwd(),
      scheduler: this.#scheduler,
      clock: this.#timers,
      random: new SeededRandom(seed),
      observer,
      processors: new Map(plan.processors.map((each) => [each.id as string, each])),
      componentOfTask: new Map(
        plan.processors.flatMap(({ id, tasks }) => tasks.map((task) => [task as number, id])),
      ),
      inlets: new Map(),
      rootOwners: new Map(),
      cycles: new Map(
        plan.processors.flatMap(({ cycle }) =>
          cycle === null ? [] : [[cycle, new CycleBudget()]],
        ),
      ),
    };
    for (const executor of plan.executors) this.#addExecutor(fabric, executor);
  }

  /** Opens everything and lets the spouts emit. */
  start(): void {
    for (const bolt of this.#bolts) bolt.start();
    for (const spout of this.#spouts) {
      spout.activate(true);
      spout.start();
    }
  }

  /** Stops or lets go on the spouts; what was emitted is still worked on. */
  activate(active: boolean): void {
    for (const spout of this.#spouts) spout.activate(active);
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

  #addExecutor(fabric: Fabric, executor: ExecutorPlan): void {
    const component = fabric.program.components.get(executor.component);
    if (component === undefined) return;
    if (component.kind === 'bolt') {
      this.#bolts.push(new BoltExecutor(fabric, executor, component, mailboxTuples));
    } else {
      const settings = spoutSettings(fabric, executor.component);
      this.#spouts.push(new SpoutExecutor(fabric, executor, component, settings));
    }
  }
}

function spoutSettings(fabric: Fabric, component: string): SpoutSettings {
  const json = fabric.processors.get(component)?.configJson ?? '{}';
  const config = new Map(Object.entries(JSON.parse(json) as Record<string, unknown>));
  const number = (key: string, fallback: number): number => {
    const value = config.get(key);
    return typeof value === 'number' ? value : fallback;
  };
  const timesOut = config.get('topology.enable.message.timeouts') !== false;
  const maxPending = config.get('topology.max.spout.pending');
  return {
    maxPending: typeof maxPending === 'number' ? maxPending : null,
    timeoutMs: timesOut ? 1000 * number('topology.message.timeout.secs', timeoutSecsDefault) : 0,
    idleMs: number('topology.sleep.spout.wait.strategy.time.ms', idleMsDefault),
    tracks: config.get('topology.acker.executors') !== 0,
  };
}
