/**
 * What the control plane must not forget: small texts (JSON) by key. A write has happened, and
 * survives the death of the process, once its promise resolves.
 *
 * Several control planes may share a store, one of which leads: whoever claims gets an epoch higher
 * than all before, every write names its writer's epoch, and the store itself refuses a write whose
 * epoch is over. So a leader that was paused past its lease can do no harm when it wakes up.
 */
export interface MetadataStore {
  /** null when there is no such key. @throws StoreUnavailableError */
  get(key: string): Promise<string | null>;

  /** All entries whose key begins with the prefix, sorted by key. @throws StoreUnavailableError */
  list(prefix: string): Promise<ReadonlyMap<string, string>>;

  /** @throws StaleEpochError, StoreUnavailableError */
  put(epoch: number, key: string, text: string): Promise<void>;

  /** Deleting what is absent is no error. @throws StaleEpochError, StoreUnavailableError */
  delete(epoch: number, key: string): Promise<void>;

  /**
   * Takes the lead for `leaseMs`. The same owner may claim again at once and gets a new epoch.
   * @param owner unique among the control planes that share the store
   * @returns the epoch to write with; null while the lease of another owner runs
   * @throws StoreUnavailableError
   */
  claim(owner: string, leaseMs: number): Promise<number | null>;

  /**
   * Extends the lease to `leaseMs` from now, even if it ran out, unless somebody claimed since.
   * @returns whether the epoch still leads
   * @throws StoreUnavailableError
   */
  renew(epoch: number, leaseMs: number): Promise<boolean>;

  /** Ends the lease, so that others need not wait for it; nothing if the epoch is over. */
  release(epoch: number): Promise<void>;

  close(): Promise<void>;
}
