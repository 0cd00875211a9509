import type { NativeTuple } from './native-tuple.ts';
import { Queue } from './queue.ts';

/** In a mailbox instead of a tuple: the task's tick. */
export const tick = Symbol('tick');
export type Input = NativeTuple | typeof tick;

/** Someone who stops taking input while a place that it emitted to is full. */
export interface Waiter {
  onRoom(place: object): void;
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
  /** With the place that each of them waits for. */
  readonly #waiters = new Map<Waiter, object>();
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
  awaitRoom(waiter: Waiter, place: object): void {
    this.#waiters.set(waiter, place);
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
    for (const [waiter, place] of waiters) waiter.onRoom(place);
  }
}
