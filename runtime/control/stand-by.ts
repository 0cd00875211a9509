import { randomUUID } from 'node:crypto';
import { type Clock, sleep } from '../clock.ts';
import type { Logger } from '../logger.ts';
import { NotLeadingError } from './errors.ts';
import type { Leadership } from './leadership.ts';

const lookAgainMs = 1_000;

export interface StandByOptions {
  /** Asks whether no other control plane is at work on the directory. */
  readonly isAlone: () => Promise<boolean>;
  /** Waits until nobody else leads. */
  readonly claim: (owner: string) => Promise<Leadership>;
  /** What all control planes of the directory have in common. */
  readonly owner: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits for the end of the control plane at work and takes its place. Who stands by claims under a
 * name of his own, so that of several only one gets the lead: the lease of the dead one, and of
 * whoever was quicker, has to end first.
 * @throws NotLeadingError when the signal comes first, and what `claim` throws
 */
export async function standByFor(options: StandByOptions): Promise<Leadership> {
  const { isAlone, claim, clock, logger, signal } = options;
  const owner = `${options.owner} ${randomUUID()}`;
  logger.info({}, 'another serve is at work on this storm.local.dir, standing by');
  for (;;) {
    while (!(await isAlone())) {
      if (signal?.aborted === true) throw new NotLeadingError('stopped while standing by');
      await sleep(clock, lookAgainMs);
    }
    const leadership = await claim(owner);
    if (await isAlone()) return leadership;
    await leadership.release(); // one that was only asleep is at work again
  }
}
