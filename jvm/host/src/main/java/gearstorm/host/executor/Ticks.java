package gearstorm.host.executor;

import gearstorm.host.flow.Ring;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * When the next tick of one bolt executor runs. A tick takes its place behind everything that was
 * in the mailbox when it came due, and at most one waits at a time. The executor's thread only.
 */
final class Ticks {
  private final long periodNs;
  private final List<Ring> rings;

  /** Per ring: how much must have been taken out before the waiting tick runs. */
  private final long[] marks;

  private long nextNs;
  private boolean waiting;

  /**
   * @param rings the whole mailbox
   */
  Ticks(final ComponentConfig config, final List<Ring> rings, final long nowNs) {
    final double seconds = config.number("topology.tick.tuple.freq.secs", 0);
    periodNs = (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    this.rings = rings;
    marks = new long[rings.size()];
    nextNs = nowNs + periodNs;
  }

  boolean enabled() {
    return periodNs > 0;
  }

  /** Puts a tick into its place when one is due. */
  void advance(final long nowNs) {
    if (nowNs - nextNs < 0) {
      return;
    }
    nextNs += periodNs;
    if (nextNs - nowNs < 0) {
      nextNs = nowNs + periodNs;
    }
    if (!waiting) {
      waiting = true;
      for (int index = 0; index < marks.length; index++) {
        marks[index] = rings.get(index).offered();
      }
    }
  }

  /** True once when the waiting tick's turn has come. */
  boolean takeTurn() {
    if (!waiting) {
      return false;
    }
    for (int index = 0; index < marks.length; index++) {
      if (rings.get(index).taken() < marks[index]) {
        return false;
      }
    }
    waiting = false;
    return true;
  }

  long untilNextNs(final long nowNs) {
    return enabled() ? nextNs - nowNs : Long.MAX_VALUE;
  }
}
