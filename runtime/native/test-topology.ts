import { setImmediate as nextTurn } from 'node:timers/promises';
import type { NativeTopology, Spout, Streams } from '../../storm-api/builder/index.ts';
import { componentId, InvalidTopologyError, StormConf } from '../../storm-api/index.ts';
import type { RunObserver, TaskFailure } from './fabric.ts';
import { NativeRun, planInOneProcess } from './native-run.ts';
import { SimulatedClock } from './simulated-clock.ts';

/** For a run that comes to rest by itself, and for one with spouts that may be endless. */
const limitSecsDefault = 120;
const endlessLimitSecsDefault = 1;
/** Turns of the event loop that a topology which is never idle gets in each simulated millisecond. */
const turnsPerMs = 10;
/** Real time for promises of user code while nothing else can happen. */
const promisesMs = 200;

export interface TestInputs {
  /** Tuples that a spout emits instead of its own, on stream `default`, each tracked by its position. */
  readonly [spout: string]: readonly Readonly<Record<string, unknown>>[];
}

export interface TestOptions {
  /** Decides every random choice; 1 when left out. */
  readonly seed?: number;
  /**
   * Simulated seconds after which a run ends that does not come to rest. When left out 120, or 1 when
   * a spout of the topology's own runs.
   */
  readonly limitSecs?: number;
  /** Simulated seconds that it goes on even at rest, for ticks to come; 0 when left out. */
  readonly atLeastSecs?: number;
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
  readonly errors: readonly TaskFailure[];
  /** Simulated seconds that it took. */
  readonly seconds: number;
}

/**
 * Runs a topology in this process on simulated time until every tuple tree has ended, and returns
 * what was emitted, acked and failed. The same seed gives the same run, as long as user code does
 * not depend on anything else. A spout with an input is replaced by it; a run with a spout of its
 * own ends after `limitSecs`.
 * @throws InvalidTopologyError as a submission would be refused, or for an input of no spout
 */
export async function testTopology(
  program: NativeTopology,
  inputs: TestInputs = {},
  options: TestOptions = {},
): Promise<TestResult> {
  const { seed = 1, atLeastSecs = 0 } = options;
  const clock = new SimulatedClock();
  const recording = new Recording();
  const replaced = withInputs(program, inputs);
  const limitSecs =
    options.limitSecs ?? (replaced.endsByItself ? limitSecsDefault : endlessLimitSecsDefault);
  const run = new NativeRun({
    plan: planInOneProcess(replaced.program, StormConf.empty, clock),
    worker: 0,
    incarnation: 1,
    program: replaced.program,
    clock,
    seed,
    observer: recording,
    slice: 'one-round',
  });
  run.start();
  const settler = new Settler(run);
  await settler.settle();
  const isAtRest = async () => {
    if (!replaced.isExhausted()) return false;
    run.activate(false); // or its spouts would be asked again every millisecond
    await settler.settle();
    const { queued, running, pending } = run.unfinished;
    return queued + running + pending === 0;
  };
  while (clock.now() < limitSecs * 1000) {
    const goalMs = 1000 * (clock.now() < atLeastSecs * 1000 ? atLeastSecs : limitSecs);
    if ((await isAtRest()) && clock.now() >= atLeastSecs * 1000) break;
    if (!clock.advance(run.isIdle ? goalMs : clock.now() + 1)) break;
    await settler.settle();
  }
  const seconds = clock.now() / 1000;
  await run.stop();
  return recording.result(run, seconds);
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

interface ReplacedProgram {
  readonly program: NativeTopology;
  /** Every spout is replaced. */
  readonly endsByItself: boolean;
  /** Whether every spout has emitted all it will ever emit. */
  isExhausted(): boolean;
}

function withInputs(program: NativeTopology, inputs: TestInputs): ReplacedProgram {
  const components = new Map(program.components);
  const progress: { emitted: number; readonly total: number }[] = [];
  for (const [id, tuples] of Object.entries(inputs)) {
    const original = components.get(componentId(id));
    if (original?.kind !== 'spout') throw new InvalidTopologyError(`there is no spout ${id}`);
    const share = { emitted: 0, total: tuples.length };
    progress.push(share);
    components.set(componentId(id), listSpout(original, tuples, share));
  }
  const spouts = program.topology.components.filter(({ kind }) => kind === 'spout').length;
  const endsByItself = spouts === progress.length;
  return {
    program: { ...program, components },
    endsByItself,
    isExhausted: () => endsByItself && progress.every(({ emitted, total }) => emitted === total),
  };
}

/** Emits the tuples in order, whichever of its tasks is asked; does not replay. */
function listSpout(
  { definition }: Spout<Streams>,
  tuples: readonly Readonly<Record<string, unknown>>[],
  share: { emitted: number },
): Spout<Streams> {
  return {
    kind: 'spout',
    definition: {
      streams: definition.streams,
      open: (_, collector) => ({
        nextTuple: () => {
          const position = share.emitted;
          const values = tuples[position];
          if (values === undefined) return;
          share.emitted += 1;
          collector.emit(values as never, { messageId: position });
        },
      }),
    },
  };
}

class Recording implements RunObserver {
  readonly #emitted = new Map<string, { task: number; list: readonly unknown[] }[]>();
  readonly #acked = new Map<string, unknown[]>();
  readonly #failed = new Map<string, unknown[]>();
  readonly #errors: TaskFailure[] = [];

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

  result({ plan }: NativeRun, seconds: number): TestResult {
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
