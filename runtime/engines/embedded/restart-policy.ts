const firstDelayMs = 1_000;
const delayMsMax = 30_000;
/** A worker that ran this long has left its troubles behind. */
const healthyMs = 60_000;

/** How long to wait before a worker is started again: not at all once, then 1 s doubling to 30 s. */
export class RestartPolicy {
  #endings = 0;

  /** @param ranMs how long the worker's components ran before it ended. */
  delayMsAfter(ranMs: number): number {
    if (ranMs >= healthyMs) this.#endings = 0;
    this.#endings++;
    if (this.#endings === 1) return 0;
    return Math.min(firstDelayMs * 2 ** (this.#endings - 2), delayMsMax);
  }
}
