import type { DrpcPort } from '../../../storm-api/builder/index.ts';
import type { DrpcRequest } from '../../../storm-api/index.ts';
import {
  type ControlFrame,
  PieceJoiner,
  piecesOf,
  textLengthMax,
  type WorkerFrame,
} from '../../wire/index.ts';

/** What control says about requests. */
export type DrpcOrder = Extract<ControlFrame, { type: 'drpc-request' | 'drpc-refused' }>;

interface Waiter {
  readonly resolve: (request: DrpcRequest | null) => void;
  readonly reject: (error: Error) => void;
}

/** The fetches of one function. */
interface Fetches {
  readonly waiters: Set<Waiter>;
  /** Frames that control has not answered. */
  asked: number;
}

/** False while there is no control plane: then there is nobody who waits for an answer either. */
type Send = (frame: WorkerFrame) => boolean;

/** DRPC over the control connection: every fetch is asked for once in the life of a connection. */
export class ControlDrpc implements DrpcPort {
  readonly #send: Send;
  readonly #functions = new Map<string, Fetches>();
  #joiner = new PieceJoiner();
  #isEnding = false;

  constructor(send: Send) {
    this.#send = send;
  }

  fetch(name: string, signal: AbortSignal): Promise<DrpcRequest | null> {
    const fetches = this.#fetchesOf(name);
    return new Promise((resolve, reject) => {
      const leave = () => {
        fetches.waiters.delete(waiter);
        resolve(null);
      };
      const stay = () => signal.removeEventListener('abort', leave);
      const waiter: Waiter = {
        resolve: (request) => {
          stay();
          resolve(request);
        },
        reject: (error) => {
          stay();
          reject(error);
        },
      };
      if (signal.aborted) return resolve(null);
      signal.addEventListener('abort', leave);
      fetches.waiters.add(waiter);
      this.#ask(name, fetches);
    });
  }

  result(id: string, result: string): void {
    if (result.length > textLengthMax) {
      const size = `${result.length} UTF-16 units`;
      this.fail(id, `the result has ${size}, more than the ${textLengthMax} that may cross`);
      return;
    }
    for (const { text, more } of piecesOf(result)) {
      this.#send({ type: 'drpc-result', id, result: text, more });
    }
  }

  fail(id: string, reason?: string): void {
    if (this.#isEnding) return;
    this.#send({ type: 'drpc-fail', id, reason: reason ?? null });
  }

  /** What is not answered before the worker's end fails by that, with its reason. */
  onEnding(): void {
    this.#isEnding = true;
  }

  /** What was asked over an earlier connection is forgotten there. */
  onWelcome(): void {
    this.#joiner = new PieceJoiner();
    for (const [name, fetches] of this.#functions) {
      fetches.asked = 0;
      this.#ask(name, fetches);
    }
  }

  onOrder(order: DrpcOrder): void {
    if (order.type === 'drpc-refused') {
      this.#take(order.function)?.reject(new Error(order.reason));
      return;
    }
    const { id, more } = order;
    const args = this.#joiner.add({ text: order.args, more });
    if (args === null) return;
    const waiter = this.#take(order.function);
    if (waiter !== null) waiter.resolve({ id, args });
    else this.fail(id, 'the spout that wanted the request is closed or inactive');
  }

  #ask(name: string, fetches: Fetches): void {
    while (fetches.asked < fetches.waiters.size) {
      if (!this.#send({ type: 'drpc-fetch', function: name })) return;
      fetches.asked += 1;
    }
  }

  /** The one that has waited longest; a fetch of control's is answered. */
  #take(name: string): Waiter | null {
    const fetches = this.#fetchesOf(name);
    fetches.asked -= 1;
    const [waiter] = fetches.waiters;
    if (waiter === undefined) return null;
    fetches.waiters.delete(waiter);
    return waiter;
  }

  #fetchesOf(name: string): Fetches {
    const known = this.#functions.get(name);
    if (known !== undefined) return known;
    const fetches = { waiters: new Set<Waiter>(), asked: 0 };
    this.#functions.set(name, fetches);
    return fetches;
  }
}
