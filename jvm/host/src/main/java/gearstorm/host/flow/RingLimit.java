package gearstorm.host.flow;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many elements may wait in a ring: a few where they are taken slowly, so that none waits for
 * long and memory stays small; where they are taken quickly, what is taken in four milliseconds, so
 * that producer and consumer change places on a processor less often. The producer's thread only.
 */
public final class RingLimit {
  private static final long FLOW_NS = TimeUnit.MILLISECONDS.toNanos(4);

  private final int min;
  private final int max;
  private final LongSupplier nanoTime;
  private boolean looked;
  private long lastTaken;
  private long lastNs;

  public RingLimit(final int min, final int max, final LongSupplier nanoTime) {
    this.min = min;
    this.max = max;
    this.nanoTime = nanoTime;
  }

  /**
   * The limit from now on, to be asked for when the ring is full: what its consumer has taken since
   * the last time tells how quick it is.
   *
   * @param taken elements ever taken out
   */
  public int next(final long taken) {
    final long nowNs = nanoTime.getAsLong();
    final long passedNs = Math.max(1, nowNs - lastNs);
    final long flow = looked ? (long) ((double) (taken - lastTaken) / passedNs * FLOW_NS) : min;
    looked = true;
    lastTaken = taken;
    lastNs = nowNs;
    return (int) Math.max(min, Math.min(max, flow));
  }
}
