import type { Tuple } from './tuple.ts';

/** What one task knows of one request. */
export class RequestTracking {
  /** Tasks before this one that have said how many tuples they sent. */
  reports = 0;
  /** Tuples that they sent. */
  expected = 0;
  /** Tuples that came and were acked. */
  acked = 0;
  /** Whether this task is to finish it. */
  isOurs: boolean;
  isFinishing = false;
  /** Tuples sent to each task after this one. */
  readonly sent = new Map<number, number>();
  /** Acked or failed when the request is finished here: its tree lasts until then. */
  readonly held: Tuple<unknown>[] = [];

  constructor(isOurs: boolean) {
    this.isOurs = isOurs;
  }

  /** @param reporters how many tasks tell their counts */
  isComplete(reporters: number): boolean {
    return this.isOurs && this.reports === reporters && this.expected === this.acked;
  }
}

type Entry = readonly [id: unknown, request: RequestTracking];

/** The requests that a task works on, by id, as long as something is heard of them. */
export class OpenRequests {
  readonly #make: () => RequestTracking;
  #young = new Map<unknown, RequestTracking>();
  #old = new Map<unknown, RequestTracking>();

  constructor(make: () => RequestTracking) {
    this.#make = make;
  }

  /** One that was not heard of begins now. */
  of(id: unknown): RequestTracking {
    const found = this.#young.get(id) ?? this.#old.get(id) ?? this.#make();
    this.#old.delete(id);
    this.#young.set(id, found);
    return found;
  }

  remove(id: unknown): void {
    this.#young.delete(id);
    this.#old.delete(id);
  }

  /** @returns what is forgotten: nothing was heard of it since the last but one call */
  rotate(): readonly Entry[] {
    const forgotten = [...this.#old];
    this.#old = this.#young;
    this.#young = new Map();
    return forgotten;
  }
}
