/** Reached by the first SIGINT or SIGTERM; the second ends a process that does not come to its end. */
export class Ending {
  readonly reached: Promise<void>;
  reach: () => void = () => {};
  readonly #abort = new AbortController();
  #signals = 0;

  constructor() {
    this.reached = new Promise((resolve) => {
      this.reach = resolve;
    });
    process.on('SIGINT', () => this.#onSignal()).on('SIGTERM', () => this.#onSignal());
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  #onSignal(): void {
    this.#signals += 1;
    if (this.#signals > 1) process.exit(1);
    this.#abort.abort();
    this.reach();
  }
}
