import { setTimeout as sleep } from 'node:timers/promises';

const showEveryMs = 1000;

/** The end of a run in the foreground: Ctrl-C, SIGTERM, or its time is over. */
export class LocalEnd {
  readonly #reached: Promise<void>;
  #reach: () => void = () => {};

  constructor() {
    this.#reached = new Promise((resolve) => {
      this.#reach = resolve;
    });
    process.once('SIGINT', () => this.#reach()).once('SIGTERM', () => this.#reach());
  }

  reach(): void {
    this.#reach();
  }

  /** Shows something every second until the end. @param ttlSecs from now on; null for no limit */
  async showUntil(ttlSecs: number | null, show: () => unknown): Promise<void> {
    if (ttlSecs !== null) setTimeout(() => this.#reach(), ttlSecs * 1000).unref();
    const over = this.#reached.then(() => true);
    while (!(await Promise.race([over, sleep(showEveryMs, false)]))) await show();
  }
}
