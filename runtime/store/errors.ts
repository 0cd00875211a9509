/** The writer's epoch is over: another control plane has claimed the store since. */
export class StaleEpochError extends Error {
  override readonly name = 'StaleEpochError';
  readonly epoch: number;
  readonly currentEpoch: number;

  constructor(epoch: number, currentEpoch: number) {
    super(`epoch ${epoch} may not write any more, epoch ${currentEpoch} has taken over`);
    this.epoch = epoch;
    this.currentEpoch = currentEpoch;
  }
}

/** Another process has the store's directory open. */
export class StoreLockedError extends Error {
  override readonly name = 'StoreLockedError';
}

/** The store cannot be opened or reached; the message says which and why. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}
