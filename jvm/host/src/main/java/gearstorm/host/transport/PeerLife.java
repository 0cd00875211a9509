package gearstorm.host.transport;

import gearstorm.host.progress.RootId;

/**
 * The life of the way to one peer: when to try to connect, and what becomes of tuples meanwhile. It
 * knows no sockets and no clock. The link's thread changes it, any thread asks for the {@link
 * #verdict}.
 *
 * <p>A peer that is away is not full: its tuples are held back for a grace, in which it usually
 * comes back, and are dropped after it, so that one dead worker does not stop its siblings for
 * ever. A peer that comes back only to die again does not start a new grace, unless it stayed for
 * as long as one.
 */
final class PeerLife {
  /** What to do with a tuple for the peer. */
  enum Verdict {
    SEND,
    HOLD,
    DROP
  }

  static final long FIRST_DELAY_NS = 10_000_000L;
  static final long LAST_DELAY_NS = 500_000_000L;

  /** For a peer that refuses us: only a human or a new process can change that. */
  static final long REFUSED_DELAY_NS = 2_000_000_000L;

  private final long graceNs;
  private volatile boolean up;

  /** Of the peer when it was last connected; 0 before that. */
  private volatile int lastIncarnation;

  /** Begin of the running grace. */
  private volatile long awaySinceNs;

  private long upSinceNs;
  private long attemptAtNs;
  private long delayNs = FIRST_DELAY_NS;

  PeerLife(final long nowNs, final long graceNs) {
    this.graceNs = graceNs;
    this.awaySinceNs = nowNs;
    this.attemptAtNs = nowNs;
  }

  Verdict verdict(final long nowNs) {
    if (up) {
      return Verdict.SEND;
    }
    return nowNs - awaySinceNs < graceNs ? Verdict.HOLD : Verdict.DROP;
  }

  boolean isUp() {
    return up;
  }

  /**
   * Whether a delta may be dropped: its root died with the life of the peer that gave it. A root of
   * a life that this link has not met yet shows that the peer is back, however long it was away.
   */
  boolean mayDropDelta(final int rootIncarnation, final long nowNs) {
    return lastIncarnation != 0
        && verdict(nowNs) == Verdict.DROP
        && !RootId.isOlder(lastIncarnation, rootIncarnation);
  }

  /** Nanoseconds until the next attempt to connect is due; 0 or less when it is due now. */
  long attemptInNs(final long nowNs) {
    return attemptAtNs - nowNs;
  }

  void connected(final long nowNs, final int incarnation) {
    lastIncarnation = incarnation;
    upSinceNs = nowNs;
    delayNs = FIRST_DELAY_NS;
    up = true;
  }

  /** An established connection ended: the next attempt is due after the shortest delay. */
  void broken(final long nowNs) {
    if (nowNs - upSinceNs >= graceNs) {
      awaySinceNs = nowNs;
    }
    up = false;
    attemptAtNs = nowNs + delayNs;
  }

  /** An attempt found nobody. */
  void unreachable(final long nowNs) {
    attemptAtNs = nowNs + delayNs;
    delayNs = Math.min(LAST_DELAY_NS, delayNs * 2);
  }

  void refused(final long nowNs) {
    attemptAtNs = nowNs + REFUSED_DELAY_NS;
  }
}
