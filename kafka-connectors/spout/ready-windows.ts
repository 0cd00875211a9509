import type { PartitionWindow } from './partition-window.ts';

/** Messages of one partition in a row, while others have some too. */
const turn = 32;

export interface WindowLimits {
  readonly inFlightMax: number;
  readonly uncommittedMax: number;
  /** Whether the spout commits. Where the sink does, what is done is committed. */
  readonly commits: boolean;
}

/** The windows that have something to emit and room for it, each in its turn. */
export class ReadyWindows {
  readonly #limits: WindowLimits;
  readonly #ready = new Set<PartitionWindow>();
  #kept: ReadonlySet<PartitionWindow> = new Set();
  #taken = 0;

  constructor(limits: WindowLimits) {
    this.#limits = limits;
  }

  get hasSome(): boolean {
    return this.#ready.size > 0;
  }

  /** To be called whenever a window was given or has lost something. */
  look(window: PartitionWindow): void {
    const { inFlightMax, uncommittedMax, commits } = this.#limits;
    const uncommitted = commits ? window.repeatable : window.span;
    const isReady =
      window.hasRecords && window.unfinished < inFlightMax && uncommitted < uncommittedMax;
    if (isReady && this.#kept.has(window)) this.#ready.add(window);
    else this.#ready.delete(window);
  }

  /** No others from now on. */
  keep(windows: readonly PartitionWindow[]): void {
    this.#kept = new Set(windows);
    for (const window of this.#ready) if (!this.#kept.has(window)) this.#ready.delete(window);
  }

  next(): PartitionWindow | null {
    for (const window of this.#ready) {
      this.#taken += 1;
      if (this.#taken < turn) return window;
      this.#taken = 0;
      this.#ready.delete(window);
      this.#ready.add(window);
      return window;
    }
    return null;
  }
}
