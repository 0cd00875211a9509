import type { DrpcRequest } from '../storm-api/index.ts';
import type { Clock } from './clock.ts';

export interface ParkedFetch {
  readonly name: string;
  /** null for as long as nothing ends it. */
  readonly waitMs: number | null;
  readonly hungUp: AbortSignal;
  /** Whether it may have a request now; asked whenever there is one. */
  readonly isReady: () => boolean;
  /** Takes a request of the function, at the moment when there is one. */
  readonly take: () => DrpcRequest | null;
}

interface Parked extends ParkedFetch {
  readonly resolve: (request: DrpcRequest | null) => void;
}

/** Fetches that wait for a request to come; those of a function are served in their order. */
export class ParkedFetches {
  readonly #clock: Clock;
  readonly #parked = new Map<string, Set<Parked>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @returns null when none came in time, the fetch was released, or its client hung up */
  park(fetch: ParkedFetch): Promise<DrpcRequest | null> {
    const { name, waitMs, hungUp } = fetch;
    return new Promise((resolve) => {
      const end = (request: DrpcRequest | null) => {
        callOff();
        hungUp.removeEventListener('abort', leave);
        this.#remove(name, parked);
        resolve(request);
      };
      const leave = () => end(null);
      const callOff = waitMs === null ? () => {} : this.#clock.after(waitMs, leave);
      const parked: Parked = { ...fetch, resolve: end };
      hungUp.addEventListener('abort', leave);
      this.#add(name, parked);
    });
  }

  /** A request of the function has come. @returns whether a fetch took it */
  wake(name: string): boolean {
    for (const parked of this.#parked.get(name) ?? []) {
      if (!parked.isReady()) continue;
      parked.resolve(parked.take());
      return true;
    }
    return false;
  }

  /** Whoever waits for a limited time for requests of the function goes without. */
  release(name: string): void {
    for (const { waitMs, resolve } of this.#parked.get(name) ?? []) {
      if (waitMs !== null) resolve(null);
    }
  }

  #add(name: string, parked: Parked): void {
    const others = this.#parked.get(name);
    if (others === undefined) this.#parked.set(name, new Set([parked]));
    else others.add(parked);
  }

  #remove(name: string, parked: Parked): void {
    const all = this.#parked.get(name);
    all?.delete(parked);
    if (all?.size === 0) this.#parked.delete(name);
  }
}
