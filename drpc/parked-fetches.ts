import type { Clock } from './clock.ts';
import type { FetchedRequest } from './request-table.ts';

interface Parked {
  readonly take: () => FetchedRequest | null;
  readonly resolve: (request: FetchedRequest | null) => void;
}

/** Fetches that wait for a request to come; those of a function are served in their order. */
export class ParkedFetches {
  readonly #clock: Clock;
  readonly #parked = new Map<string, Set<Parked>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * @param take takes a request of the function, at the moment when there is one
   * @returns null when none came in time, the fetch was released, or its client hung up
   */
  park(
    name: string,
    waitMs: number,
    hungUp: AbortSignal,
    take: () => FetchedRequest | null,
  ): Promise<FetchedRequest | null> {
    return new Promise((resolve) => {
      const end = (request: FetchedRequest | null) => {
        callOff();
        hungUp.removeEventListener('abort', leave);
        this.#remove(name, parked);
        resolve(request);
      };
      const leave = () => end(null);
      const callOff = this.#clock.after(waitMs, leave);
      const parked: Parked = { take, resolve: end };
      hungUp.addEventListener('abort', leave);
      this.#add(name, parked);
    });
  }

  /** A request of the function has come. */
  wake(name: string): void {
    const [first] = this.#parked.get(name) ?? [];
    first?.resolve(first.take());
  }

  /** Whoever waits for requests of the function goes without. */
  release(name: string): void {
    for (const { resolve } of this.#parked.get(name) ?? []) resolve(null);
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
