/** Exit codes of a worker process. */
export const exitCodes = { stopped: 0, userCodeThrew: 1, wrongFiles: 2, notWanted: 3 } as const;

/** Ends this process once, in bounded time. */
export class ProcessEnd {
  readonly #exit: (code: number) => void;
  #hasBegun = false;

  constructor(exit: (code: number) => void) {
    this.#exit = exit;
  }

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Does the last work, for so long at most; what comes after the first call does nothing. */
  begin(code: number, limitMs: number, lastWork: () => Promise<void>): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    setTimeout(() => this.#exit(code), limitMs);
    lastWork().then(
      () => this.#exit(code),
      () => this.#exit(code),
    );
  }
}
