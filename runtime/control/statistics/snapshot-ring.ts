/** A value as it was when a bucket of time began; buckets are numbered from 1970 on. */
export type StampedSnapshot<Snapshot> = readonly [bucket: number, snapshot: Snapshot];

/**
 * What something that only grows was at the beginnings of the last buckets of time, so that its
 * growth in a window can be told exactly. A window reaches back to the beginning of its oldest
 * bucket, as Storm's do.
 */
export class SnapshotRing<Snapshot> {
  readonly #bucketMs: number;
  readonly #buckets: number;
  /** Oldest first. A bucket in which nothing was recorded has none. */
  #entries: StampedSnapshot<Snapshot>[];

  /** @param windowMs is cut into so many buckets */
  constructor(
    windowMs: number,
    buckets: number,
    entries: readonly StampedSnapshot<Snapshot>[] = [],
  ) {
    this.#bucketMs = windowMs / buckets;
    this.#buckets = buckets;
    this.#entries = [...entries];
  }

  get entries(): readonly StampedSnapshot<Snapshot>[] {
    return this.#entries;
  }

  /**
   * Something is about to be recorded.
   * @param before gives the value before it, if that is wanted
   * @returns whether it was
   */
  advance(nowMs: number, before: () => Snapshot): boolean {
    const bucket = Math.floor(nowMs / this.#bucketMs);
    const newest = this.#entries.at(-1);
    if (newest !== undefined && newest[0] >= bucket) return false;
    const oldest = this.#oldestBucket(nowMs);
    this.#entries = this.#entries.filter(([each]) => each >= oldest);
    this.#entries.push([bucket, before()]);
    return true;
  }

  /** The value at the window's beginning; null when nothing was recorded since. */
  base(nowMs: number): Snapshot | null {
    const oldest = this.#oldestBucket(nowMs);
    return this.#entries.find(([bucket]) => bucket >= oldest)?.[1] ?? null;
  }

  /** How far back the window reaches, in milliseconds. */
  reachMs(nowMs: number): number {
    return nowMs - this.#oldestBucket(nowMs) * this.#bucketMs;
  }

  #oldestBucket(nowMs: number): number {
    return Math.floor(nowMs / this.#bucketMs) - this.#buckets + 1;
  }
}
