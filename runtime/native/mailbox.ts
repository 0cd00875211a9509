import type { NativeTuple } from './native-tuple.ts';

/** In a mailbox instead of a tuple: the task's tick. */
export const tick = Symbol('tick');
export type Input = NativeTuple | typeof tick;

/** Someone who stops taking input while a mailbox it emitted to is full. */
export interface Waiter {
  onRoom(mailbox: Mailbox): void;
}

/** First in, first out, without moving what is in it. */
class Queue<Item> {
  #items: (Item | undefined)[] = [];
  #first = 0;

  get size(): number {
    return this.#items.length - this.#first;
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  shift(): Item | undefined {
    if (this.size === 0) return undefined;
    const item = this.#items[this.#first];
    this.#items[this.#first++] = undefined;
    if (this.#first > 1024 && this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    return item;
  }
}

/**
 * The inputs of one bolt task in the order of their emits; what comes round a loop of the topology
 * has a lane of its own. Never refuses: an emitter that finds it full stops taking input, so it
 * holds its bound and what one call of each emitter adds.
 */
export class Mailbox {
  readonly #roomTuples: number;
  readonly #loop = new Queue<Input>();
  readonly #entry = new Queue<Input>();
  readonly #waiters = new Set<Waiter>();
  #tickWaits = false;

  constructor(roomTuples: number) {
    this.#roomTuples = roomTuples;
  }

  get size(): number {
    return this.#loop.size + this.#entry.size;
  }

  get isFull(): boolean {
    return this.#entry.size >= this.#roomTuples;
  }

  put(tuple: NativeTuple, fromLoop: boolean): void {
    (fromLoop ? this.#loop : this.#entry).push(tuple);
  }

  /** One tick waits at most. */
  putTick(): void {
    if (this.#tickWaits) return;
    this.#tickWaits = true;
    this.#entry.push(tick);
  }

  /** `waiter` hears of it when half of the room is free again. */
  awaitRoom(waiter: Waiter): void {
    this.#waiters.add(waiter);
  }

  get hasLoopInput(): boolean {
    return this.#loop.size > 0;
  }

  /** The next input; those of the loop first, others only if `entry` admits them. */
  take(entry: boolean): Input | undefined {
    const looped = this.#loop.shift();
    if (looped !== undefined) return looped;
    if (!entry) return undefined;
    const next = this.#entry.shift();
    if (next === tick) this.#tickWaits = false;
    if (this.#waiters.size > 0 && this.#entry.size * 2 <= this.#roomTuples) this.#tellRoom();
    return next;
  }

  #tellRoom(): void {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const waiter of waiters) waiter.onRoom(this);
  }
}
