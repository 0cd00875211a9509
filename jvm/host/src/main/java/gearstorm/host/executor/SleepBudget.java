package gearstorm.host.executor;

import java.util.concurrent.TimeUnit;

/**
 * How often the executors of one worker may sleep as soon as they are idle. Who sleeps is woken by
 * the very next input, within microseconds, and each such sleep costs its worker two changes of
 * threads. While there are few of them that buys the shortest delay. When executors would do little
 * else than change threads, they let input gather instead for a while; the longer, the sooner the
 * sleeps become as many again. Any thread.
 */
final class SleepBudget {
  private static final long WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(10);

  /** In one window; together they take about an eighth of the processor's time. */
  private static final int SLEEPS_PER_PROCESSOR = 200;

  private static final long PAUSE_MIN_NS = 2 * WINDOW_NS;
  private static final long PAUSE_MAX_NS = TimeUnit.SECONDS.toNanos(1);

  private final int sleepsMax;

  /** No sleeps before it; written under this object's lock. */
  private volatile long pausedUntilNs;

  // Guarded by this object's lock.
  private long windowEndNs;
  private long pauseNs = PAUSE_MIN_NS;
  private int sleeps;

  SleepBudget(final int processors, final long nowNs) {
    sleepsMax = processors * SLEEPS_PER_PROCESSOR;
    pausedUntilNs = nowNs - PAUSE_MIN_NS;
    windowEndNs = nowNs + WINDOW_NS;
  }

  /** Whether an executor that is idle now may sleep at once. */
  boolean take(final long nowNs) {
    return nowNs - pausedUntilNs >= 0 && takeFromWindow(nowNs);
  }

  private synchronized boolean takeFromWindow(final long nowNs) {
    if (nowNs - pausedUntilNs < 0) {
      return false; // another has begun the pause meanwhile, and it is not to grow by that
    }
    if (nowNs - windowEndNs >= 0) {
      windowEndNs = nowNs + WINDOW_NS;
      sleeps = 0;
    }
    if (sleeps < sleepsMax) {
      sleeps++;
      return true;
    }
    pause(nowNs);
    return false;
  }

  private void pause(final long nowNs) {
    final boolean soonAgain = nowNs - pausedUntilNs < PAUSE_MIN_NS;
    pauseNs = soonAgain ? Math.min(2 * pauseNs, PAUSE_MAX_NS) : PAUSE_MIN_NS;
    pausedUntilNs = nowNs + pauseNs;
    windowEndNs = pausedUntilNs;
  }
}
