import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type NativeTopology,
  type SourceDefinition,
  type Spout,
  type Streams,
  spout,
} from '../../storm-api/builder/index.ts';
import { InvalidTopologyError, StormConf } from '../../storm-api/index.ts';
import type { RunObserver, TaskFailure } from './fabric.ts';
import { type InjectedFailure, withFailures } from './injected-failures.ts';
import { NativeRun, planInOneProcess } from './native-run.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { type StandIn, withStandIns } from './stand-ins.ts';
import { drpcFunctionsOf, type TestAnswer, TestDrpc } from './test-drpc.ts';
import type { TestInputs } from './test-inputs.ts';

/** For a run whose spouts have ended, and for one with spouts that may be endless. */
const limitSecsDefault = 120;
const endlessLimitSecsDefault = 1;
/** Turns of the event loop that a topology which is never idle gets in each simulated millisecond. */
const turnsPerMs = 10;
/** Real time for promises of user code while nothing else can happen. */
const promisesMs = 200;

export interface TestOptions {
  /** Decides every random choice; 1 when left out. */
  readonly seed?: number;
  /**
   * Simulated seconds after which a run ends that does not come to rest. When left out 120, or 1 as
   * long as a spout of the topology's own may have more.
   */
  readonly limitSecs?: number;
  /** Simulated seconds that it goes on even at rest, for ticks to come; 0 when left out. */
  readonly atLeastSecs?: number;
  /** Inputs whose trees fail are emitted again, as a reliable spout does. */
  readonly replay?: boolean;
  readonly failures?: readonly InjectedFailure[];
  /** Spouts and bolts that run instead of the topology's, such as for those in Java. */
  readonly components?: Readonly<Record<string, StandIn>>;
}

export interface TestTuple {
  readonly task: number;
  /** By field. */
  readonly values: Readonly<Record<string, unknown>>;
}

export interface TestResult {
  /** What a component emitted, in order. @throws RangeError for a stream that does not exist */
  tuples(component: string, stream?: string): readonly TestTuple[];
  /** Message ids, in the order of their acks; of a replaced spout the positions of its inputs. */
  acked(spout: string): readonly unknown[];
  failed(spout: string): readonly unknown[];
  /** What became of the DRPC requests that were the inputs of a spout, in their order. */
  answers(spout: string): readonly TestAnswer[];
  readonly errors: readonly TaskFailure[];
  /** Simulated seconds that it took. */
  readonly seconds: number;
}

/**
 * Runs a topology in this process on simulated time until every tuple tree has ended, and returns
 * what was emitted, acked and failed. The same seed gives the same run, as long as user code does
 * not depend on anything else. A spout with an input is replaced by it, other components by the
 * test's own where it has some for them. A run ends when all spouts have
 * ended, as inputs and finite sources do, and every tree with them; else after `limitSecs`.
 * @throws InvalidTopologyError as a submission would be refused, or for an input of no spout;
 * CycleOverflowError where a worker would end with it
 */
export async function testTopology(
  program: NativeTopology,
  inputs: TestInputs = {},
  options: TestOptions = {},
): Promise<TestResult> {
  const { seed = 1, atLeastSecs = 0 } = options;
  const clock = new SimulatedClock();
  const drpc = new TestDrpc(program, inputs);
  const recording = new Recording();
  const { replay = false, failures = [] } = options;
  const own = withStandIns(
    withInputs(program, inputs, replay),
    Object.entries(options.components ?? {}),
  );
  checkOwn(own);
  const replaced = withFailures(own, failures, seed);
  const run = new NativeRun({
    plan: planInOneProcess(replaced, StormConf.empty, clock),
    worker: 0,
    incarnation: 1,
    program: replaced,
    clock,
    seed,
    observer: recording,
    drpc,
    slice: 'one-round',
  });
  run.start();
  const settler = new Settler(run);
  await settler.settle();
  const isAtRest = () => {
    const { queued, running, pending } = run.unfinished;
    return run.spoutsHaveEnded && run.isIdle && queued + running + pending === 0;
  };
  const limitMs = () => {
    const byDefault = run.spoutsHaveEnded ? limitSecsDefault : endlessLimitSecsDefault;
    return 1000 * (options.limitSecs ?? byDefault);
  };
  while (clock.now() < limitMs() && recording.fatal === null) {
    const isEarly = clock.now() < atLeastSecs * 1000;
    if (!isEarly && isAtRest()) break;
    const goalMs = isEarly ? atLeastSecs * 1000 : limitMs();
    if (!clock.advance(run.isIdle ? goalMs : clock.now() + 1)) break;
    await settler.settle();
  }
  const seconds = clock.now() / 1000;
  await run.stop();
  if (recording.fatal !== null) throw recording.fatal;
  return { ...recording.result(run, seconds), answers: (spout) => drpc.answers(spout) };
}

/** Lets happen what can happen without the clock. */
class Settler {
  readonly #run: NativeRun;
  /** Steps when promises of user code had their time; they get no more before something happens. */
  #waitedAt = -1;

  constructor(run: NativeRun) {
    this.#run = run;
  }

  async settle(): Promise<void> {
    await this.#whileBusy();
    const endMs = performance.now() + promisesMs;
    while (this.#run.awaitsUserCode && this.#run.steps !== this.#waitedAt) {
      if (performance.now() > endMs) this.#waitedAt = this.#run.steps;
      await nextTurn();
      await this.#whileBusy();
    }
  }

  async #whileBusy(): Promise<void> {
    for (let turns = 0; turns < turnsPerMs && !this.#run.isIdle; turns++) await nextTurn();
  }
}

function withInputs(program: NativeTopology, inputs: TestInputs, replay: boolean): NativeTopology {
  const lists: [string, StandIn][] = [];
  for (const [id, tuples] of Object.entries(inputs)) {
    const original = program.topology.components.find((each) => each.id === id);
    if (original?.kind !== 'spout') throw new InvalidTopologyError(`there is no spout ${id}`);
    if (drpcFunctionsOf(program, id).length === 0) lists.push([id, listSpout(tuples, replay)]);
  }
  return withStandIns(program, lists);
}

/** @throws InvalidTopologyError that says how to go without a component which is no code of the program */
function checkOwn({ topology, components }: NativeTopology): void {
  const foreign = topology.components.find(({ id }) => !components.has(id));
  if (foreign === undefined) return;
  const { id, kind } = foreign;
  throw new InvalidTopologyError(
    `${id} is no code of this program: a test needs a ${kind} of its own for it, { components: { ${JSON.stringify(id)}: ${kind}({ ... }) } }; gearstorm local runs the topology as it is`,
  );
}

/** Emits the tuples in order, whichever of its tasks is asked. */
function listSpout(
  tuples: readonly Readonly<Record<string, unknown>>[],
  replay: boolean,
): Spout<Streams> {
  const all = tuples.entries();
  return spout({
    streams: {}, // those of the topology count
    replay,
    *source() {
      for (const [messageId, values] of all) yield { values: values as never, messageId };
    },
  } as SourceDefinition<Streams>);
}

class Recording implements RunObserver {
  readonly #emitted = new Map<string, { task: number; list: readonly unknown[] }[]>();
  readonly #acked = new Map<string, unknown[]>();
  readonly #failed = new Map<string, unknown[]>();
  readonly #errors: TaskFailure[] = [];
  fatal: Error | null = null;

  onEmit(component: string, stream: string, task: number, list: readonly unknown[]): void {
    listAt(this.#emitted, JSON.stringify([component, stream])).push({ task, list });
  }

  onAcked(component: string, messageId: unknown): void {
    listAt(this.#acked, component).push(messageId);
  }

  onFailed(component: string, messageId: unknown): void {
    listAt(this.#failed, component).push(messageId);
  }

  onError(failure: TaskFailure): void {
    this.#errors.push(failure);
  }

  onFatal(error: Error): void {
    this.fatal = error;
  }

  result({ plan }: NativeRun, seconds: number): Omit<TestResult, 'answers'> {
    return {
      tuples: (component, stream = 'default') => {
        const fields = plan.processors
          .find(({ id }) => id === component)
          ?.streams.find(({ id }) => id === stream)?.fields;
        if (fields === undefined) throw new RangeError(`${component} has no stream ${stream}`);
        const emitted = this.#emitted.get(JSON.stringify([component, stream])) ?? [];
        return emitted.map(({ task, list }) => ({ task, values: byField(fields, list) }));
      },
      acked: (spout) => this.#acked.get(spout) ?? [],
      failed: (spout) => this.#failed.get(spout) ?? [],
      errors: this.#errors,
      seconds,
    };
  }
}

function listAt<Item>(lists: Map<string, Item[]>, key: string): Item[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

function byField(fields: readonly string[], list: readonly unknown[]) {
  return Object.fromEntries(fields.map((field, index) => [field, list[index]]));
}
