/** Something that does a little work at a time. */
export interface Stepper {
  /** The scheduler's own: it stands in the queue. */
  isWaiting: boolean;
  /** True when it wants to be called again at once. Never throws. */
  step(): boolean;
}

const sliceMs = 4;

/** How long one turn of the event loop is: by the clock, or one round of what is ready. */
export type Slice = 'timed' | 'one-round';

/**
 * Runs steppers in turns on this thread and lets the event loop have its share: a stepper that has
 * nothing to do is not looked at until somebody wakes it.
 */
export class Scheduler {
  readonly #slice: Slice;
  #ready: Stepper[] = [];
  #scheduled = false;
  #running = false;
  #stopped = false;
  #steps = 0;

  /** @param slice `one-round` when the order of everything must not depend on how fast we are */
  constructor(slice: Slice) {
    this.#slice = slice;
  }

  get isIdle(): boolean {
    return this.#ready.length === 0 && !this.#running;
  }

  /** Steps so far. */
  get steps(): number {
    return this.#steps;
  }

  wake(stepper: Stepper): void {
    if (stepper.isWaiting || this.#stopped) return;
    stepper.isWaiting = true;
    this.#ready.push(stepper);
    this.#schedule();
  }

  /** Nothing is run any more. */
  stop(): void {
    this.#stopped = true;
    this.#ready = [];
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    const endMs = this.#slice === 'timed' ? performance.now() + sliceMs : 0;
    this.#running = true;
    do {
      const round = this.#ready;
      this.#ready = [];
      for (const stepper of round) this.#run(stepper);
    } while (this.#ready.length > 0 && performance.now() < endMs);
    this.#running = false;
    this.#scheduled = false;
    if (this.#ready.length > 0) this.#schedule();
  }

  #run(stepper: Stepper): void {
    if (this.#stopped) return;
    stepper.isWaiting = false;
    this.#steps += 1;
    if (!stepper.step() || this.#stopped || stepper.isWaiting) return;
    stepper.isWaiting = true;
    this.#ready.push(stepper);
  }
}
