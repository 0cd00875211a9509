import { StaleEpochError } from './errors.ts';
import { Lease } from './lease.ts';
import type { MetadataStore } from './metadata-store.ts';
import { sortedByKey } from './sorted-by-key.ts';

/** Forgets everything with its process: for tests and for `gearstorm.store: memory`. */
export class MemoryStore implements MetadataStore {
  readonly #texts = new Map<string, string>();
  readonly #lease: Lease;
  #epoch = 0;

  constructor(nowMs: () => number = () => performance.now()) {
    this.#lease = new Lease(nowMs);
  }

  async get(key: string): Promise<string | null> {
    return this.#texts.get(key) ?? null;
  }

  async list(prefix: string): Promise<ReadonlyMap<string, string>> {
    return sortedByKey([...this.#texts].filter(([key]) => key.startsWith(prefix)));
  }

  async put(epoch: number, key: string, text: string): Promise<void> {
    this.#admit(epoch);
    this.#texts.set(key, text);
  }

  async delete(epoch: number, key: string): Promise<void> {
    this.#admit(epoch);
    this.#texts.delete(key);
  }

  async claim(owner: string, leaseMs: number): Promise<number | null> {
    if (!this.#lease.isFreeFor(owner)) return null;
    this.#lease.take(owner, leaseMs);
    this.#epoch += 1;
    return this.#epoch;
  }

  async renew(epoch: number, leaseMs: number): Promise<boolean> {
    if (epoch !== this.#epoch) return false;
    this.#lease.extend(leaseMs);
    return true;
  }

  async release(epoch: number): Promise<void> {
    if (epoch === this.#epoch) this.#lease.end();
  }

  async close(): Promise<void> {}

  #admit(epoch: number): void {
    if (epoch < this.#epoch) throw new StaleEpochError(epoch, this.#epoch);
    this.#epoch = epoch;
  }
}
