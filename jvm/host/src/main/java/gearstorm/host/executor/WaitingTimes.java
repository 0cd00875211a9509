package gearstorm.host.executor;

/**
 * How long one executor has waited, and for what. Written by its thread around every wait, read by
 * any thread: a reader may see one wait late, or twice.
 */
final class WaitingTimes {
  private volatile long idleNs;
  private volatile long backpressuredNs;

  /** When the present wait began; 0 while there is none. */
  private volatile long sinceNs;

  private volatile boolean heldBack;

  /**
   * @param isHeldBack whether it has something to do, but no room for what comes of it
   */
  void begin(final long nowNs, final boolean isHeldBack) {
    heldBack = isHeldBack;
    sinceNs = nowNs;
  }

  void end(final long nowNs) {
    final long tookNs = nowNs - sinceNs;
    sinceNs = 0;
    add(tookNs, heldBack);
  }

  private void add(final long tookNs, final boolean isHeldBack) {
    if (isHeldBack) {
      final long before = backpressuredNs;
      backpressuredNs = before + tookNs;
    } else {
      final long before = idleNs;
      idleNs = before + tookNs;
    }
  }

  long idleNs(final long nowNs) {
    final long present = presentNs(nowNs, false);
    return idleNs + present;
  }

  long backpressuredNs(final long nowNs) {
    final long present = presentNs(nowNs, true);
    return backpressuredNs + present;
  }

  private long presentNs(final long nowNs, final boolean isHeldBack) {
    final long since = sinceNs;
    return since == 0 || heldBack != isHeldBack ? 0 : Math.max(0, nowNs - since);
  }
}
