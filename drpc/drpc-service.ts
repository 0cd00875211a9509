import { setMaxListeners } from 'node:events';
import type {
  DrpcFunctionSummary,
  DrpcRequest,
  ObservedTopology,
  StormId,
  TopologyObserver,
} from '../storm-api/index.ts';
import type { Clock } from './clock.ts';
import { DrpcError } from './errors.ts';
import { FunctionStatistics, type Outcome } from './function-statistics.ts';
import { ParkedFetches } from './parked-fetches.ts';
import { type RequestLimits, RequestTable } from './request-table.ts';
import { ServedFunctions } from './served-functions.ts';

export interface DrpcServiceOptions {
  readonly clock: Clock;
  readonly newId: () => string;
  /** drpc.request.timeout.secs. */
  readonly timeoutMs: number;
  readonly limits: RequestLimits;
  /** Takes requests for functions that no topology is known to serve: somebody may fetch them. */
  readonly acceptsUnknown: boolean;
}

/**
 * How long a fetch that finds nothing is held back. Storm's DRPC spout fetches within nextTuple, so
 * while one of its requests is under way, the failure of that must not wait behind the next fetch.
 */
const idleFetchMs = 1_000;
const busyFetchMs = 5;

/**
 * Distributed RPC between callers and the topologies that fetch their requests. A hang-up signal
 * stands for the connection of a caller or fetcher.
 */
export class DrpcService implements TopologyObserver {
  readonly #options: DrpcServiceOptions;
  readonly #statistics = new FunctionStatistics();
  readonly #table: RequestTable;
  readonly #parked: ParkedFetches;
  readonly #functions: ServedFunctions;
  /** The topology that each fetches for; null for one that we do not know. */
  readonly #fetchers = new WeakMap<object, StormId | null>();

  constructor(options: DrpcServiceOptions) {
    this.#options = options;
    this.#table = new RequestTable(options);
    this.#parked = new ParkedFetches(options.clock);
    this.#functions = new ServedFunctions(options.acceptsUnknown);
  }

  /** The function's result. @throws DrpcError also when the caller hangs up: nobody hears it then */
  async execute(name: string, args: string, hungUp: AbortSignal): Promise<string> {
    const refusal = this.#functions.refusal(name) ?? this.#functions.refusalOf(name, args);
    if (refusal !== null) throw refusal;
    if (hungUp.aborted) throw callerHungUp();
    const { clock } = this.#options;
    const startMs = clock.now();
    let outcome: Outcome = 'cancelled';
    try {
      const answer = await this.#ask(name, args, hungUp);
      outcome = outcomeOf(answer);
      if (answer instanceof DrpcError) throw answer;
      return answer;
    } finally {
      this.#statistics.add(name, outcome, clock.now() - startMs);
    }
  }

  /** Every function that is served or was called lately, sorted by name. */
  summarize(): readonly DrpcFunctionSummary[] {
    const names = new Set([...this.#functions.names(), ...this.#statistics.names]);
    return [...names].sort().map((name) => {
      const { counts, latencyMs } = this.#statistics.of(name);
      const topologies = this.#functions.topologyNames(name);
      return { function: name, topologies, ...this.#table.open(name), ...counts, latencyMs };
    });
  }

  /**
   * The next request of the function; null when none came while the fetch could wait.
   * @param topology whose worker fetches; null when that is not known
   */
  async fetch(
    name: string,
    hungUp: AbortSignal,
    topology: StormId | null = null,
  ): Promise<DrpcRequest | null> {
    if (hungUp.aborted) return null;
    this.#follow(hungUp, topology);
    const take = () => this.#table.fetch(name, hungUp);
    const request = take();
    if (request !== null || !this.#functions.mayKeepWaiting(name)) return request;
    const waitMs = this.#table.open(name).inFlight === 0 ? idleFetchMs : busyFetchMs;
    return this.#parked.park({ name, waitMs, hungUp, isReady: () => true, take });
  }

  /**
   * As `fetch`, for a worker of the topology: resolves when there is a request, however long that
   * takes, and while the topology is active.
   * @param withdrawn ends the wait; what was taken before is not lost with it
   */
  async take(
    id: StormId,
    name: string,
    hungUp: AbortSignal,
    withdrawn: AbortSignal = hungUp,
  ): Promise<DrpcRequest | null> {
    if (hungUp.aborted || withdrawn.aborted) return null;
    this.#follow(hungUp, id);
    const take = () => this.#table.fetch(name, hungUp);
    const isReady = () => this.#functions.isActive(id);
    const request = isReady() ? take() : null;
    const parked = { name, waitMs: null, hungUp: withdrawn, isReady, take };
    return request ?? (await this.#parked.park(parked));
  }

  /** The request was taken and nobody worked on it: whoever asks next gets it. */
  giveBack(id: string, args: string): void {
    const name = this.#table.functionOf(id);
    if (name === null) return;
    this.#table.giveBack(id, args);
    const refusal = this.#functions.refusal(name);
    if (refusal !== null) this.#table.failWaiting(name, refusal);
    else this.#parked.wake(name);
  }

  /** The topologies of ours that serve the function, active or not. */
  servedBy(name: string): readonly StormId[] {
    return this.#functions.servedBy(name);
  }

  /** What the open request is for; null for ids of no open request. */
  functionOf(id: string): string | null {
    return this.#table.functionOf(id);
  }

  /** Ids that nobody was given are ignored, as results that come too late are. */
  result(id: string, result: string): void {
    this.#table.answer(id, result);
  }

  /** @param reason Storm's own words when the topology gave none. */
  fail(id: string, reason = 'Request failed'): void {
    this.#table.answer(id, new DrpcError('failed', reason));
  }

  onTopology(topology: ObservedTopology): void {
    this.#functions.put(topology);
    for (const name of this.#functions.functionsOf(topology.id)) this.#review(name);
  }

  /** What another worker has fetched is lost only where the one that ended may have worked on it. */
  onWorkerEnded(id: StormId, reason: string, functions: readonly string[]): void {
    const error = new DrpcError('failed', `the request may be lost: ${reason}`);
    for (const name of this.#functions.functionsOf(id)) {
      this.#table.explainLoss(name, error);
      this.#table.loseHandedOut(name, error, (fetcher) => {
        return functions.includes(name) && (this.#fetchers.get(fetcher) ?? id) === id;
      });
    }
  }

  onRemoved(id: StormId): void {
    for (const name of this.#functions.remove(id)) {
      this.#review(name);
      const refusal = this.#functions.refusal(name);
      if (refusal !== null) this.#table.loseHandedOut(name, refusal, () => true);
    }
  }

  /** Answers every caller and takes no more requests. */
  close(): void {
    this.#table.close(new DrpcError('shut-down', 'the DRPC server shuts down'));
  }

  #ask(name: string, args: string, hungUp: AbortSignal): Promise<string | DrpcError> {
    return new Promise((resolve, reject) => {
      const onAnswer = (answer: string | DrpcError) => {
        hungUp.removeEventListener('abort', cancel);
        resolve(answer);
      };
      const cancel = () => {
        withdraw();
        reject(callerHungUp());
      };
      const withdraw = this.#table.submit({ function: name, args, onAnswer });
      hungUp.addEventListener('abort', cancel, { once: true });
      this.#parked.wake(name);
    });
  }

  /** What a fetcher has taken is lost with its connection. */
  #follow(fetcher: AbortSignal, topology: StormId | null): void {
    if (this.#fetchers.has(fetcher)) return;
    this.#fetchers.set(fetcher, topology);
    setMaxListeners(0, fetcher);
    const error = new DrpcError('failed', 'the worker that had taken the request is gone');
    fetcher.addEventListener('abort', () => this.#table.loseFetchedBy(fetcher, error), {
      once: true,
    });
  }

  /** The function's topologies changed: nobody shall wait in vain. */
  #review(name: string): void {
    const refusal = this.#functions.refusal(name);
    if (refusal !== null) this.#table.failWaiting(name, refusal);
    if (!this.#functions.mayKeepWaiting(name)) this.#parked.release(name);
    // What waited for the topology to be active.
    while (this.#table.open(name).waiting > 0 && this.#parked.wake(name));
  }
}

function outcomeOf(answer: string | DrpcError): Outcome {
  if (!(answer instanceof DrpcError)) return 'served';
  return answer.failure === 'timed-out' ? 'timedOut' : 'failed';
}

function callerHungUp(): DrpcError {
  return new DrpcError('failed', 'the caller has hung up');
}
