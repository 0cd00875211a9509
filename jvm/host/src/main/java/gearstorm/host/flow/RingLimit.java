package gearstorm.host.flow;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many elements may wait in a ring: a few where they are taken slowly, so that none waits for
 * long and memory stays small; where they have been taken quickly for a while, what is taken in
 * four milliseconds, so that producer and consumer change places on a processor less often. The
 * producer's thread only.
 */
public final class RingLimit {
  private static final long FLOW_NS = TimeUnit.MILLISECONDS.toNanos(4);

  /** A consumer that stops after a quick beginning is not to find its ring full of more. */
  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(10);

  private final int min;
  private final int max;
  private final LongSupplier nanoTime;
  private boolean looked;
  private int limit;
  private long lastTaken;
  private long lastNs;

  public RingLimit(final int min, final int max, final LongSupplier nanoTime) {
    this.min = min;
    this.max = max;
    this.nanoTime = nanoTime;
    limit = min;
  }

  /**
   * The limit from now on, to be asked for when the ring is full: what its consumer has taken since
   * the last look tells how quick it is.
   *
   * @param taken elements ever taken out
   */
  public int next(final long taken) {
    final long nowNs = nanoTime.getAsLong();
    final long passedNs = nowNs - lastNs;
    if (looked && passedNs < LOOK_NS) {
      return limit;
    }
    if (looked) {
      final double flow = (double) (taken - lastTaken) / passedNs * FLOW_NS;
      limit = (int) Math.max(min, Math.min(max, flow));
    }
    looked = true;
    lastTaken = taken;
    lastNs = nowNs;
    return limit;
  }
}
