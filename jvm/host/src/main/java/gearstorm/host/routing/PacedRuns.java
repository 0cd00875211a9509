package gearstorm.host.routing;

import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;

/**
 * As many tuples in a row as a task takes within a millisecond, so that where tuples are many, a
 * sender and a receiver stay in each other's cache lines for a while, and a burst is found where
 * else a single tuple is. Who is slow, or has had little to do, gets one at a time: a run is about
 * a millisecond's work of its target, as it was when the round began, and no other follows when the
 * flow has become slow. The first tuples of a topology are spread one by one.
 */
final class PacedRuns implements RunLength {
  static final int RUN_MAX = 32;

  /** So many tuples are spread one by one first, by each sending executor. */
  static final long SINGLES_MIN = 1 << 16;

  /** The clock is read once for so many tuples at most. */
  private static final int LOOK_TUPLES = 64;

  private static final long MILLISECOND_NS = TimeUnit.MILLISECONDS.toNanos(1);

  /** A run that takes longer than this to be given out ends its round: the flow has become slow. */
  private static final long RUN_NS_MAX = 10 * MILLISECOND_NS;

  private final IntToLongFunction taken;
  private final LongSupplier nanoTime;
  private int run = 1;
  private long tuples;
  private long nextLook = SINGLES_MIN;

  /** Of the present one, where runs are longer than one. */
  private long runBeganNs;

  // What was seen at the last look.
  private int seenTask = -1;
  private long seenTaken;
  private long seenNs;

  /**
   * @param taken how many tuples the executor of a task has taken so far, from whomever
   */
  PacedRuns(final IntToLongFunction taken, final LongSupplier nanoTime) {
    this.taken = taken;
    this.nanoTime = nanoTime;
  }

  @Override
  public int next(final int task, final int tasks) {
    if (tuples >= nextLook) {
      nextLook = tuples + LOOK_TUPLES;
      look(task);
    }
    tuples += (long) run * tasks;
    if (run > 1) {
      runBeganNs = nanoTime.getAsLong();
    }
    return run;
  }

  @Override
  public boolean goesOn() {
    if (run == 1) {
      return true;
    }
    final long nowNs = nanoTime.getAsLong();
    final boolean quick = nowNs - runBeganNs <= RUN_NS_MAX;
    runBeganNs = nowNs;
    if (!quick) {
      nextLook = tuples; // at the next round, which begins now
    }
    return quick;
  }

  /** All get equal shares and hold their sender back when they are full: one stands for all. */
  private void look(final int nextTask) {
    final long nowNs = nanoTime.getAsLong();
    final long passedNs = nowNs - seenNs;
    if (seenTask >= 0 && passedNs < MILLISECOND_NS) {
      return;
    }
    if (seenTask >= 0) {
      final long takenSince = taken.applyAsLong(seenTask) - seenTaken;
      run = (int) Math.max(1, Math.min(RUN_MAX, takenSince * MILLISECOND_NS / passedNs));
    }
    seenTask = nextTask;
    seenTaken = taken.applyAsLong(nextTask);
    seenNs = nowNs;
  }
}
