package gearstorm.host.executor;

import java.util.concurrent.TimeUnit;

/**
 * How many calls of user code may share one reading of the clock, which costs as much as a quick
 * call does: one at first, twice as many each time that they were quick, one again once they were
 * not. The executor's thread only.
 */
final class QuickCalls {
  private static final int LIMIT_MAX = 8;
  private static final long QUICK_NS = TimeUnit.MICROSECONDS.toNanos(4);

  private int limit = 1;
  private int calls;
  private long lastNs;

  /** A loop begins: what was called in the last one has taken until now. */
  void onLoop(final long nowNs) {
    if (calls > 0) {
      limit = nowNs - lastNs < QUICK_NS ? Math.min(2 * limit, LIMIT_MAX) : 1;
      calls = 0;
    }
    lastNs = nowNs;
  }

  int limit() {
    return limit;
  }

  /** A call had nothing to do: the next ones may be slow, as they may wait for something. */
  void onEmpty() {
    limit = 1;
  }

  /** So many calls were the only work of this loop; 0 when there was other work beside. */
  void onCalls(final int made) {
    calls = made;
  }
}
