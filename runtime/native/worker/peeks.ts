import { systemPrefix } from '../../../storm-api/index.ts';
import type { Clock } from '../../clock.ts';
import type { RunObserver } from '../fabric.ts';
import type { ControlConnection, Order } from './control-connection.ts';
import { Peek } from './peek.ts';
import { plainValue } from './plain-value.ts';

type PeekStart = Extract<Order, { type: 'peek-start' }>;

const everyMs = 50;
/** What one round sends of the looks before anything else has its turn. */
const linesPerRound = 64;
/** Control that does not take so much is not sent more. */
const unsentBytesMax = 4 * 1024 * 1024;

/** The live looks of the present connection. */
export class Peeks {
  readonly #connection: ControlConnection;
  readonly #observer: RunObserver;
  readonly #clock: Clock;
  readonly #looks = new Map<number, { readonly request: PeekStart; readonly peek: Peek }>();
  #callOff: () => void = () => {};

  /** @param observer is shown every emit only while somebody looks */
  constructor(connection: ControlConnection, observer: RunObserver, clock: Clock) {
    this.#connection = connection;
    this.#observer = observer;
    this.#clock = clock;
  }

  start(request: PeekStart): void {
    const { id, all } = request;
    this.#looks.set(id, { request, peek: new Peek(id, all, this.#clock) });
    this.#connection.send({ type: 'peek-started', id });
    this.#observer.onEmit = (component, stream, task, list) =>
      this.#look(component, stream, task, list);
    this.#callOff();
    this.#sendLater();
  }

  stop(id: number): void {
    this.#looks.delete(id);
    if (this.#looks.size > 0) return;
    this.#observer.onEmit = undefined;
    this.#callOff();
  }

  /** The connection is gone: nobody looks any more. */
  stopAll(): void {
    for (const id of [...this.#looks.keys()]) this.stop(id);
  }

  /** Sends what is left. */
  finish(): void {
    this.#send(Number.POSITIVE_INFINITY);
  }

  #sendLater(): void {
    this.#callOff = this.#clock.after(everyMs, () => {
      this.#send(linesPerRound);
      this.#sendLater();
    });
  }

  #send(linesMax: number): void {
    for (const { peek } of this.#looks.values()) {
      for (let lines = 0; lines < linesMax; lines++) {
        if (this.#connection.unsentBytes > unsentBytesMax) return;
        const line = peek.nextLine();
        if (line === null) break;
        this.#connection.sendText(line);
      }
    }
  }

  #look(component: string, stream: string, task: number, list: readonly unknown[]): void {
    for (const { request, peek } of this.#looks.values()) {
      const isWanted = request.component === component && wants(request.stream, stream);
      if (!isWanted || !peek.admits()) continue;
      const values = list.map((value) => plainValue(value));
      peek.add(JSON.stringify({ task, stream, timeMs: this.#clock.now(), values }));
    }
  }
}

/** Whoever names no stream sees those that the component declares itself. */
function wants(wanted: string | null, stream: string): boolean {
  return wanted === null ? !stream.startsWith(systemPrefix) : wanted === stream;
}
