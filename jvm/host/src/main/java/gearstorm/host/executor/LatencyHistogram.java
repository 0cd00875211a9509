package gearstorm.host.executor;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How many latencies there were of each length, in linear steps within doublings: buckets as
 * latency-buckets.ts of runtime/wire reads them. Written by one thread at a time, read by any
 * thread.
 */
final class LatencyHistogram {
  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int STEP_BITS = 3;
  private static final int EXPONENT_MIN = 7;
  private static final int EXPONENT_MAX = 43;
  private static final int BUCKETS = (EXPONENT_MAX - EXPONENT_MIN + 1) << STEP_BITS;

  /** Null until there is something to count, as most tasks have no latency of every kind. */
  private volatile long[] counts;

  void add(final long ns) {
    long[] cells = counts;
    if (cells == null) {
      cells = new long[BUCKETS];
      counts = cells;
    }
    cells[bucketOf(ns)]++;
  }

  /** Adds what is in each bucket to the sums. */
  void addTo(final long[] sums) {
    final long[] cells = counts;
    if (cells != null) {
      for (int bucket = 0; bucket < BUCKETS; bucket++) {
        sums[bucket] += (long) LONGS.getOpaque(cells, bucket);
      }
    }
  }

  static long[] noSums() {
    return new long[BUCKETS];
  }

  static int bucketOf(final long ns) {
    final int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, ns));
    if (exponent < EXPONENT_MIN) {
      return 0;
    }
    if (exponent > EXPONENT_MAX) {
      return BUCKETS - 1;
    }
    final int step = (int) (ns >>> (exponent - STEP_BITS)) & ((1 << STEP_BITS) - 1);
    return ((exponent - EXPONENT_MIN) << STEP_BITS) + step;
  }
}
