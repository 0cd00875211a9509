/** What the spouts of a test get, by their ids. */
export interface TestInputs {
  /**
   * Tuples that a spout emits instead of its own, on stream `default`, each tracked by its position;
   * of a spout that fetches DRPC requests: the requests, each an object with `args`.
   */
  readonly [spout: string]: readonly Readonly<Record<string, unknown>>[];
}
