import type { Clock } from '../clock.ts';

/** The clock of one run: what waits for it is called off when the run ends. */
export class RunTimers implements Clock {
  readonly #clock: Clock;
  readonly #callOffs = new Set<() => void>();
  #ended = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  after(delayMs: number, action: () => void): () => void {
    if (this.#ended) return () => {};
    const forget = () => this.#callOffs.delete(callOff);
    const cancel = this.#clock.after(delayMs, () => {
      forget();
      action();
    });
    const callOff = () => {
      forget();
      cancel();
    };
    this.#callOffs.add(callOff);
    return callOff;
  }

  end(): void {
    this.#ended = true;
    for (const callOff of [...this.#callOffs]) callOff();
  }
}
