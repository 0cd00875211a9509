import type { CycleBudget, Loop } from '../cycle-budget.ts';
import type { Inlet } from '../fabric.ts';
import type { Waiter } from '../mailbox.ts';
import type { NativeTuple } from '../native-tuple.ts';
import { Queue } from '../queue.ts';

/** What may wait here before emitters stop. */
const roomTuples = 1024;
const roomBytes = 1024 * 1024;

/** What a way to another worker does with tuples. */
export interface RemoteWay {
  /** A tuple as an entry of a frame; null when it was dropped because the worker is away. */
  accept(tuple: NativeTuple): Buffer | null;
  /** Something can be sent, perhaps. */
  onWaiting(bytes: number): void;
}

/**
 * The way to one task of another worker: what waits for credit, which the receiver grants anew on
 * every connection.
 */
export class RemoteInlet implements Inlet {
  readonly task: number;
  readonly cycle: number | null;
  readonly #way: RemoteWay;
  readonly #budget: CycleBudget | null;
  readonly #entries = new Queue<Buffer>();
  /** Of the entries, whether they go round the cycle; unused outside of one. */
  readonly #loops = new Queue<boolean>();
  readonly #waiters = new Set<Waiter>();
  #waitingBytes = 0;
  #sentTuples = 0;
  #sentBytes = 0;
  #limitTuples = 0;
  #limitBytes = 0;

  constructor(task: number, loop: Loop | null, way: RemoteWay) {
    this.task = task;
    this.cycle = loop?.ordinal ?? null;
    this.#budget = loop?.budget ?? null;
    this.#way = way;
  }

  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  put(tuple: NativeTuple, inLoop: boolean): boolean {
    const entry = this.#way.accept(tuple);
    if (entry === null) return false;
    if (this.#budget !== null) {
      if (inLoop) this.#budget.add(entry.length);
      this.#loops.push(inLoop);
    }
    this.#entries.push(entry);
    this.#waitingBytes += entry.length;
    this.#way.onWaiting(entry.length);
    return this.#entries.size >= roomTuples || this.#waitingBytes >= roomBytes;
  }

  awaitRoom(waiter: Waiter): void {
    this.#waiters.add(waiter);
  }

  /** A new connection, on which nothing is granted yet. */
  reset(): void {
    this.#sentTuples = 0;
    this.#sentBytes = 0;
    this.#limitTuples = 0;
    this.#limitBytes = 0;
  }

  /** @returns false when it takes back an earlier grant */
  grant(tuples: number, bytes: number): boolean {
    if (tuples < this.#limitTuples || bytes < this.#limitBytes) return false;
    this.#limitTuples = tuples;
    this.#limitBytes = bytes;
    return true;
  }

  /**
   * The next entry that may be sent; undefined when there is none. While any byte is granted one of
   * any size may go: else one that is larger than the whole window would wait for ever.
   */
  next(): Buffer | undefined {
    if (this.#sentTuples >= this.#limitTuples || this.#sentBytes >= this.#limitBytes) {
      return undefined;
    }
    const entry = this.#entries.shift();
    if (entry === undefined) return undefined;
    this.#sentTuples += 1;
    this.#sentBytes += entry.length;
    this.#onTaken(entry);
    return entry;
  }

  /** Takes out everything that waits, to be dropped. */
  *discard(): Iterable<Buffer> {
    for (let entry = this.#entries.shift(); entry !== undefined; entry = this.#entries.shift()) {
      this.#onTaken(entry);
      yield entry;
    }
  }

  #onTaken(entry: Buffer): void {
    this.#waitingBytes -= entry.length;
    if (this.#loops.shift() === true) this.#budget?.remove(entry.length);
    if (this.#waiters.size === 0) return;
    if (this.#entries.size * 2 > roomTuples || this.#waitingBytes * 2 > roomBytes) return;
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const waiter of waiters) waiter.onRoom(this);
  }
}
