import type { DrpcRequest } from '../storm-api/index.ts';
import type { Clock } from './clock.ts';
import { DrpcError } from './errors.ts';

/** How much may be open at a time; what comes beyond is refused. */
export interface RequestLimits {
  readonly requestsMax: number;
  readonly functionRequestsMax: number;
  /** Arguments that wait to be fetched, in UTF-16 units. */
  readonly waitingLengthMax: number;
}

export interface RequestTableOptions {
  readonly clock: Clock;
  /** Ids that nobody can guess: who knows one may answer. */
  readonly newId: () => string;
  readonly timeoutMs: number;
  readonly limits: RequestLimits;
}

export interface NewRequest {
  readonly function: string;
  readonly args: string;
  /** Called at most once, and never after the request was cancelled. */
  readonly onAnswer: (answer: string | DrpcError) => void;
}

/** Who fetches: the same object for all that is lost together with it. */
export type Fetcher = object;

interface OpenRequest {
  readonly id: string;
  readonly function: string;
  readonly deadlineMs: number;
  readonly onAnswer: NewRequest['onAnswer'];
  /** Empty while somebody works on it: who gives it back unworked brings them along. */
  args: string;
  /** null while it waits. */
  fetcher: Fetcher | null;
  /** Why it fails soon; null as long as nothing is known against it. */
  lost: DrpcError | null;
}

/** Requests of one function, each in the order of its coming. */
interface FunctionRequests {
  readonly waiting: Set<OpenRequest>;
  readonly handedOut: Set<OpenRequest>;
}

/** A result may still come from another worker, or be on its way, when its fetcher is gone. */
const lostGraceMs = 900;

/**
 * Every open request. A request is handed out to one fetcher at a time, first come, first served, and
 * a second time only when the first gave it back because nobody had worked on it; it is answered once,
 * by a result, a failure, its timeout or the loss of who had taken it; and only who was given its id
 * can answer it. A function has an entry only while requests for it are open, so names that nobody
 * serves leave nothing behind.
 */
export class RequestTable {
  readonly #options: RequestTableOptions;
  /** In the order of their deadlines, since all may take equally long. */
  readonly #requests = new Map<string, OpenRequest>();
  readonly #functions = new Map<string, FunctionRequests>();
  #waitingLength = 0;
  #callOffTimeout: (() => void) | null = null;
  #closed: DrpcError | null = null;

  constructor(options: RequestTableOptions) {
    this.#options = options;
  }

  /** @returns the function that cancels it. @throws DrpcError when it is not taken in. */
  submit({ function: name, args, onAnswer }: NewRequest): () => void {
    this.#checkRoom(name, args.length);
    const { clock, newId, timeoutMs } = this.#options;
    const deadlineMs = clock.now() + timeoutMs;
    const request = {
      id: newId(),
      function: name,
      args,
      deadlineMs,
      onAnswer,
      fetcher: null,
      lost: null,
    };
    this.#requests.set(request.id, request);
    this.#requestsOf(name).waiting.add(request);
    this.#waitingLength += args.length;
    this.#planTimeout();
    return () => this.#remove(request);
  }

  /** The function's oldest waiting request, from now on the fetcher's; null when none waits. */
  fetch(name: string, fetcher: Fetcher): DrpcRequest | null {
    const open = this.#functions.get(name);
    const [request] = open?.waiting ?? [];
    if (open === undefined || request === undefined) return null;
    const { id, args } = request;
    open.waiting.delete(request);
    open.handedOut.add(request);
    this.#waitingLength -= args.length;
    request.args = '';
    request.fetcher = fetcher;
    return { id, args };
  }

  /** Nothing happens for an id that was not handed out, or is answered already. */
  answer(id: string, answer: string | DrpcError): void {
    const request = this.#requests.get(id);
    if (request !== undefined && request.fetcher !== null) this.#answer(request, answer);
  }

  /** Nobody worked on it: it is the next to be handed out, with its arguments. */
  giveBack(id: string, args: string): void {
    const request = this.#requests.get(id);
    if (request === undefined || request.fetcher === null) return;
    const { waiting, handedOut } = this.#requestsOf(request.function);
    const others = [...waiting];
    handedOut.delete(request);
    waiting.clear();
    for (const each of [request, ...others]) waiting.add(each);
    this.#waitingLength += args.length;
    request.args = args;
    request.fetcher = null;
    request.lost = null;
  }

  /** null for ids of no open request. */
  functionOf(id: string): string | null {
    return this.#requests.get(id)?.function ?? null;
  }

  /** How many of the function's requests nobody has fetched yet, and how many somebody works on. */
  open(name: string): { readonly waiting: number; readonly inFlight: number } {
    const { waiting, handedOut } = this.#functions.get(name) ?? noRequests;
    return { waiting: waiting.size, inFlight: handedOut.size };
  }

  /** Nobody is going to fetch the function's requests. */
  failWaiting(name: string, error: DrpcError): void {
    for (const request of this.#functions.get(name)?.waiting ?? []) this.#answer(request, error);
  }

  /** What the fetcher has taken fails unless its result comes very soon. */
  loseFetchedBy(fetcher: Fetcher, error: DrpcError): void {
    const requests = [...this.#requests.values()];
    this.#lose(
      requests.filter((request) => request.fetcher === fetcher),
      error,
    );
  }

  /** The same for requests of a function that were handed out to such fetchers. */
  loseHandedOut(name: string, error: DrpcError, isLost: (fetcher: Fetcher) => boolean): void {
    const requests = [...(this.#functions.get(name)?.handedOut ?? [])];
    this.#lose(
      requests.filter(({ fetcher }) => fetcher !== null && isLost(fetcher)),
      error,
    );
  }

  /** Requests of the function that are lost already fail for this reason, which is known better. */
  explainLoss(name: string, error: DrpcError): void {
    for (const request of this.#functions.get(name)?.handedOut ?? []) {
      if (request.lost !== null) request.lost = error;
    }
  }

  /** Answers everything with the error and takes nothing in any more. */
  close(error: DrpcError): void {
    this.#closed = error;
    for (const request of this.#requests.values()) this.#answer(request, error);
  }

  #checkRoom(name: string, length: number): void {
    if (this.#closed !== null) throw this.#closed;
    const { requestsMax, functionRequestsMax, waitingLengthMax } = this.#options.limits;
    const { waiting, handedOut } = this.#functions.get(name) ?? noRequests;
    if (waiting.size + handedOut.size >= functionRequestsMax) {
      throw overloaded(`${functionRequestsMax} requests for this function are open already`);
    }
    if (this.#requests.size >= requestsMax) {
      throw overloaded(`${requestsMax} requests are open already`);
    }
    if (this.#waitingLength + length > waitingLengthMax) {
      throw overloaded('the arguments of waiting requests take too much memory already');
    }
  }

  #requestsOf(name: string): FunctionRequests {
    const known = this.#functions.get(name);
    if (known !== undefined) return known;
    const requests = { waiting: new Set<OpenRequest>(), handedOut: new Set<OpenRequest>() };
    this.#functions.set(name, requests);
    return requests;
  }

  #answer(request: OpenRequest, answer: string | DrpcError): void {
    this.#remove(request);
    request.onAnswer(answer);
  }

  #remove(request: OpenRequest): void {
    if (!this.#requests.delete(request.id)) return;
    const open = this.#requestsOf(request.function);
    open.waiting.delete(request);
    open.handedOut.delete(request);
    if (open.waiting.size + open.handedOut.size === 0) this.#functions.delete(request.function);
    this.#waitingLength -= request.args.length;
    if (this.#requests.size === 0) this.#callOff();
  }

  /** Of several reasons the first counts. */
  #lose(requests: readonly OpenRequest[], error: DrpcError): void {
    const known = requests.filter(({ lost }) => lost === null);
    for (const request of known) request.lost = error;
    if (known.length === 0) return;
    this.#options.clock.after(lostGraceMs, () => {
      for (const { id, lost } of known) if (lost !== null) this.answer(id, lost);
    });
  }

  #planTimeout(): void {
    const [oldest] = this.#requests.values();
    if (oldest === undefined || this.#callOffTimeout !== null) return;
    const { clock } = this.#options;
    const delayMs = Math.max(0, oldest.deadlineMs - clock.now());
    this.#callOffTimeout = clock.after(delayMs, () => {
      this.#callOffTimeout = null;
      this.#expire();
      this.#planTimeout();
    });
  }

  #expire(): void {
    const nowMs = this.#options.clock.now();
    for (const request of this.#requests.values()) {
      if (request.deadlineMs > nowMs) return;
      this.#answer(request, new DrpcError('timed-out', 'Request timed out'));
    }
  }

  #callOff(): void {
    this.#callOffTimeout?.();
    this.#callOffTimeout = null;
  }
}

const noRequests: FunctionRequests = { waiting: new Set(), handedOut: new Set() };

function overloaded(reason: string): DrpcError {
  return new DrpcError('overloaded', `the DRPC server is overloaded: ${reason}`);
}
