import { type Clock, sleep } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { MetadataStore } from '../store/index.ts';
import { NotLeadingError } from './errors.ts';

const leaseMs = 15_000;
const renewMs = 5_000;
const claimAgainMs = 1_000;
/** Between the renewal that is refused and the end of who led. */
const noticeMs = 2_000;

export interface LeadershipOptions {
  readonly store: MetadataStore;
  /** The same for every run on one local directory, so that a restart need not wait. */
  readonly owner: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Ends the standing by. */
  readonly signal?: AbortSignal | undefined;
}

/** The right to act on the store, and to be the only one who does. */
export class Leadership {
  readonly epoch: number;
  readonly #options: LeadershipOptions;
  #callOff: () => void = () => {};
  #leaseEndMs: number;

  private constructor(epoch: number, options: LeadershipOptions) {
    this.epoch = epoch;
    this.#options = options;
    this.#leaseEndMs = options.clock.now() + leaseMs;
  }

  /**
   * Resolves when nobody else leads.
   * @throws StoreUnavailableError
   * @throws NotLeadingError when the signal comes first
   */
  static async claim(options: LeadershipOptions): Promise<Leadership> {
    const { owner, clock, logger, signal } = options;
    for (let attempt = 0; ; attempt++) {
      if (signal?.aborted === true) throw new NotLeadingError('stopped while another serve leads');
      const leadership = await Leadership.tryToClaim(options);
      if (leadership !== null) return leadership;
      if (attempt === 0) logger.info({ owner }, 'another control plane leads, standing by');
      await sleep(clock, claimAgainMs);
    }
  }

  /** null while somebody else leads. @throws StoreUnavailableError */
  static async tryToClaim(options: LeadershipOptions): Promise<Leadership | null> {
    const epoch = await options.store.claim(options.owner, leaseMs);
    return epoch === null ? null : new Leadership(epoch, options);
  }

  /**
   * Waits for as long as one who led before may take to notice it, if he is able to.
   * @returns whether the lead is still ours after that
   * @throws StoreUnavailableError
   */
  async waitForPredecessor(isGone: () => Promise<boolean>): Promise<boolean> {
    const { store, clock } = this.#options;
    const endMs = clock.now() + renewMs + noticeMs;
    while (clock.now() < endMs && !(await isGone())) await sleep(clock, claimAgainMs);
    return await store.renew(this.epoch, leaseMs);
  }

  /** Keeps the lease. @param onLost called once, when another may have taken over. */
  keep(onLost: (reason: string) => void): void {
    this.#callOff = this.#options.clock.after(renewMs, () => {
      void this.#renew().then((lostBecause) => {
        if (lostBecause === null) this.keep(onLost);
        else onLost(lostBecause);
      });
    });
  }

  async release(): Promise<void> {
    this.#callOff();
    await this.#options.store.release(this.epoch);
  }

  /** null while the lease holds; a store that cannot be reached may come back before its end. */
  async #renew(): Promise<string | null> {
    const { store, clock, logger } = this.#options;
    const startedAtMs = clock.now();
    try {
      if (!(await store.renew(this.epoch, leaseMs))) return 'another control plane has taken over';
      this.#leaseEndMs = startedAtMs + leaseMs;
      return null;
    } catch (error) {
      logger.warn({ err: error }, 'lease not renewed');
      return clock.now() < this.#leaseEndMs ? null : 'the store could not be reached in time';
    }
  }
}
