/** A value as it was when a bucket of time began; buckets are numbered from 1970 on. */
export type StampedSnapshot<Snapshot> = readonly [bucket: number, snapshot: Snapshot];

type Entry<Snapshot> = [bucket: number, snapshot: Snapshot];

/**
 * What something that only grows was at the beginnings of the last buckets of time, so that its
 * growth in a window can be told exactly. A window reaches back to the beginning of its oldest
 * bucket, as Storm's do.
 */
export class SnapshotRing<Snapshot> {
  readonly #bucketMs: number;
  readonly #buckets: number;
  /** Oldest first. A bucket in which nothing was recorded has none. */
  readonly #entries: Entry<Snapshot>[];
  #nextMs: number;

  /** @param windowMs is cut into so many buckets */
  constructor(
    windowMs: number,
    buckets: number,
    entries: readonly StampedSnapshot<Snapshot>[] = [],
  ) {
    this.#bucketMs = windowMs / buckets;
    this.#buckets = buckets;
    this.#entries = entries.map(([bucket, snapshot]) => [bucket, snapshot]);
    this.#nextMs = this.#endOfNewest();
  }

  get entries(): readonly StampedSnapshot<Snapshot>[] {
    return this.#entries;
  }

  /** Before this moment `advance` has nothing to do. */
  get nextMs(): number {
    return this.#nextMs;
  }

  /**
   * Something is about to be recorded.
   * @param before gives the value before it, if that is wanted; it may write it over one that no window
   * reaches any more, null: there is none
   * @returns whether it was
   */
  advance(nowMs: number, before: (expired: Snapshot | null) => Snapshot): boolean {
    if (nowMs < this.#nextMs) return false;
    const bucket = Math.floor(nowMs / this.#bucketMs);
    const expired = this.#takeExpired(nowMs);
    if (expired === null) {
      this.#entries.push([bucket, before(null)]);
    } else {
      expired[0] = bucket;
      expired[1] = before(expired[1]);
      this.#entries.push(expired);
    }
    this.#nextMs = this.#endOfNewest();
    return true;
  }

  /** The value at the window's beginning; null when nothing was recorded since. */
  base(nowMs: number): Snapshot | null {
    const oldest = this.#oldestBucket(nowMs);
    for (const [bucket, snapshot] of this.#entries) if (bucket >= oldest) return snapshot;
    return null;
  }

  /** How far back the window reaches, in milliseconds. */
  reachMs(nowMs: number): number {
    return nowMs - this.#oldestBucket(nowMs) * this.#bucketMs;
  }

  /** The newest of those that no window reaches any more; null: there is none. */
  #takeExpired(nowMs: number): Entry<Snapshot> | null {
    const oldest = this.#oldestBucket(nowMs);
    let expired: Entry<Snapshot> | null = null;
    while ((this.#entries[0]?.[0] ?? oldest) < oldest) expired = this.#entries.shift() ?? null;
    return expired;
  }

  #endOfNewest(): number {
    const newest = this.#entries.at(-1);
    return newest === undefined ? Number.NEGATIVE_INFINITY : (newest[0] + 1) * this.#bucketMs;
  }

  #oldestBucket(nowMs: number): number {
    return Math.floor(nowMs / this.#bucketMs) - this.#buckets + 1;
  }
}
