import type { Clock } from '../../clock.ts';

/**
 * How long a worker lives without a control plane, and which control planes it obeys: the epoch
 * never goes back.
 */
export class Lease {
  readonly #leaseMs: number;
  readonly #clock: Clock;
  #epoch: number;
  #renewedMs: number;

  constructor(epoch: number, leaseSecs: number, clock: Clock) {
    this.#epoch = epoch;
    this.#leaseMs = leaseSecs * 1000;
    this.#clock = clock;
    this.#renewedMs = clock.now();
  }

  /** The highest epoch obeyed. */
  get epoch(): number {
    return this.#epoch;
  }

  get isOver(): boolean {
    return this.#clock.now() - this.#renewedMs >= this.#leaseMs;
  }

  /** False when the control plane is an older one and must not be obeyed. */
  admit(epoch: number): boolean {
    if (epoch < this.#epoch) return false;
    this.#epoch = epoch;
    this.renew();
    return true;
  }

  /** Control was there until now. */
  renew(): void {
    this.#renewedMs = this.#clock.now();
  }
}
