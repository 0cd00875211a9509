import type { Clock } from '../../clock.ts';

/** How long a worker may be silent, in milliseconds. */
export interface WorkerLimits {
  /** From the start of its process until its components are loaded. */
  readonly startMs: number;
  /** After that; it is asked for a sign of life before. */
  readonly silenceMs: number;
}

export interface WatchOptions {
  readonly limits: WorkerLimits;
  readonly clock: Clock;
  /** Asks the worker for a sign of life. */
  readonly ask: () => void;
  /** Called once a process. @param what a limit was for, and how long it was, in seconds */
  readonly giveUp: (what: 'start' | 'silence', secs: number) => void;
}

/** Questions that must stay unanswered before a worker is given up. */
const questions = 3;

/**
 * Sees that a worker is stuck: its process is there, but it never runs, or says nothing any more.
 * Counts short waits of its own rather than to compare times, so that a control plane that was
 * itself asleep asks first when it wakes up.
 */
export class WorkerWatch {
  readonly #options: WatchOptions;
  #callOff: () => void = () => {};
  #isRunning = false;
  #unheard = 0;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** A process is there, which is not known to run components yet. */
  begin(): void {
    this.end();
    const { clock, limits, giveUp } = this.#options;
    this.#callOff = clock.after(limits.startMs, () => giveUp('start', limits.startMs / 1000));
  }

  /** The worker said something. */
  heard(): void {
    this.#unheard = 0;
  }

  /** The worker's components run; may be said again. */
  running(): void {
    this.heard();
    if (this.#isRunning) return;
    this.#callOff();
    this.#isRunning = true;
    this.#wait();
  }

  end(): void {
    this.#callOff();
    this.#isRunning = false;
  }

  #wait(): void {
    const { clock, limits, ask, giveUp } = this.#options;
    this.#callOff = clock.after(limits.silenceMs / questions, () => {
      this.#unheard++;
      if (this.#unheard > questions) {
        giveUp('silence', limits.silenceMs / 1000);
      } else {
        ask();
        this.#wait();
      }
    });
  }
}
