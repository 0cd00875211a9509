import type { NativeTuple } from './native-tuple.ts';
import { Queue } from './queue.ts';
import type { Sampler } from './task-counts.ts';

/** In a mailbox instead of a tuple: the task's tick. */
export const tick = Symbol('tick');
export type Input = NativeTuple | typeof tick;

/** Someone who stops taking input while a place that it emitted to is full. */
export interface Waiter {
  onRoom(place: object): void;
}

/** How much may wait for one task before its emitters stop taking input. */
export interface Room {
  readonly tuples: number;
  readonly bytes: number;
}

/**
 * The inputs of one bolt task in the order of their emits; what comes round a loop of the topology
 * has a lane of its own. Never refuses: an emitter that finds it full stops taking input, so it
 * holds its bound and what one call of each emitter adds.
 */
export class Mailbox {
  readonly #room: Room;
  readonly #sampler: Sampler;
  readonly #loop = new Queue<Input>();
  readonly #entry = new Queue<Input>();
  /** With the place that each of them waits for. */
  readonly #waiters = new Map<Waiter, object>();
  #tickWaits = false;
  #entryBytes = 0;

  /** @param sampler picks those whose wait is measured */
  constructor(room: Room, sampler: Sampler) {
    this.#room = room;
    this.#sampler = sampler;
  }

  get size(): number {
    return this.#loop.size + this.#entry.size;
  }

  get isFull(): boolean {
    return this.#entry.size >= this.#room.tuples || this.#entryBytes >= this.#room.bytes;
  }

  put(tuple: NativeTuple, fromLoop: boolean): void {
    if (this.#sampler.picks()) tuple.startMs = performance.now();
    if (fromLoop) {
      this.#loop.push(tuple);
      return;
    }
    this.#entry.push(tuple);
    this.#entryBytes += tuple.bytes;
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
    else if (next !== undefined) this.#entryBytes -= next.bytes;
    if (this.#waiters.size > 0 && this.#isHalfFree()) this.#tellRoom();
    return next;
  }

  #isHalfFree(): boolean {
    const { tuples, bytes } = this.#room;
    return this.#entry.size * 2 <= tuples && this.#entryBytes * 2 <= bytes;
  }

  #tellRoom(): void {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const [waiter, place] of waiters) waiter.onRoom(place);
  }
}
