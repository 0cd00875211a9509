import type { Clock } from '../clock.ts';

/** Something that does a little work at a time. */
export interface Stepper {
  /** True when it wants to be called again at once. Never throws. */
  step(): boolean;
}

const sliceMs = 4;

/**
 * Runs steppers in turns on this thread and lets the event loop have its share: a stepper that has
 * nothing to do is not looked at until somebody wakes it.
 */
export class Scheduler {
  readonly #clock: Clock;
  readonly #nextTurn: (action: () => void) => void;
  readonly #now: () => number;
  #ready: Stepper[] = [];
  readonly #waiting = new Set<Stepper>();
  #scheduled = false;
  #stopped = false;

  /** @param nextTurn runs its argument after whatever else the event loop has to do */
  constructor(
    clock: Clock,
    nextTurn: (action: () => void) => void = setImmediate,
    now: () => number = () => performance.now(),
  ) {
    this.#clock = clock;
    this.#nextTurn = nextTurn;
    this.#now = now;
  }

  get clock(): Clock {
    return this.#clock;
  }

  get isIdle(): boolean {
    return this.#waiting.size === 0;
  }

  wake(stepper: Stepper): void {
    if (this.#stopped || this.#waiting.has(stepper)) return;
    this.#waiting.add(stepper);
    this.#ready.push(stepper);
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#nextTurn(() => this.#turn());
  }

  /** Nothing is run any more. */
  stop(): void {
    this.#stopped = true;
    this.#ready = [];
    this.#waiting.clear();
  }

  #turn(): void {
    this.#scheduled = false;
    const endMs = this.#now() + sliceMs;
    do {
      const round = this.#ready;
      this.#ready = [];
      for (const stepper of round) this.#run(stepper);
    } while (this.#ready.length > 0 && this.#now() < endMs);
    if (this.#ready.length > 0 && !this.#scheduled) {
      this.#scheduled = true;
      this.#nextTurn(() => this.#turn());
    }
  }

  #run(stepper: Stepper): void {
    if (!this.#waiting.delete(stepper)) return;
    if (!stepper.step() || this.#stopped || this.#waiting.has(stepper)) return;
    this.#waiting.add(stepper);
    this.#ready.push(stepper);
  }
}
