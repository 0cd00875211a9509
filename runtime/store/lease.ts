/** The lease of a store that lives in one process; time comes in milliseconds of any origin. */
export class Lease {
  readonly #nowMs: () => number;
  #owner = '';
  #endMs = Number.NEGATIVE_INFINITY;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  isFreeFor(owner: string): boolean {
    return owner === this.#owner || this.#nowMs() >= this.#endMs;
  }

  take(owner: string, leaseMs: number): void {
    this.#owner = owner;
    this.extend(leaseMs);
  }

  extend(leaseMs: number): void {
    this.#endMs = this.#nowMs() + leaseMs;
  }

  end(): void {
    this.#endMs = Number.NEGATIVE_INFINITY;
  }
}
