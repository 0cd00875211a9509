import { randomUUID } from 'node:crypto';
import { type Clock, sleep } from '../clock.ts';
import type { Logger } from '../logger.ts';
import { NotLeadingError } from './errors.ts';
import type { Leadership } from './leadership.ts';

const lookAgainMs = 1_000;

export interface StandByOptions {
  /** Asks whether no other control plane answers on the directory. */
  readonly isAlone: () => Promise<boolean>;
  /** null while somebody else leads. */
  readonly tryToClaim: (owner: string) => Promise<Leadership | null>;
  /** What all control planes of the directory have in common. */
  readonly owner: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits for the end of the control plane at work and takes its place. Who stands by claims under a
 * name of his own, so that of several only one gets the lead: the lease of the one before, and of
 * whoever was quicker, has to end first. It ends too when that one hangs, and only looks as if it
 * were at work: the store refuses whatever it would still write.
 * @throws NotLeadingError when the signal comes first, and what `tryToClaim` throws
 */
export async function standByFor(options: StandByOptions): Promise<Leadership> {
  const { isAlone, tryToClaim, clock, logger, signal } = options;
  const owner = `${options.owner} ${randomUUID()}`;
  logger.info({}, 'another serve is at work on this storm.local.dir, standing by');
  for (;;) {
    if (signal?.aborted === true) throw new NotLeadingError('stopped while standing by');
    const leadership = await tryToClaim(owner);
    if (leadership === null) {
      await sleep(clock, lookAgainMs);
    } else if (await leadership.waitForPredecessor(isAlone)) {
      if (!(await isAlone())) logger.warn({}, 'the serve that led hangs, taking its place');
      return leadership;
    }
  }
}
