export interface SpoutSettings {
  /** Trees that may be unfinished per task; null for no bound. */
  readonly maxPending: number | null;
  /** 0 when trees never time out. */
  readonly timeoutMs: number;
  /** After a round of nextTuple calls that emitted nothing. */
  readonly idleMs: number;
  /** False without ackers: every tuple is acked as it is emitted. */
  readonly tracks: boolean;
}
