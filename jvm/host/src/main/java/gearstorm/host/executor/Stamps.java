package gearstorm.host.executor;

import gearstorm.host.flow.Ring;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Stamps some of the tuples that go into one ring, so that it is known how long they wait there.
 * One thread at a time.
 */
final class Stamps {
  private static final long PAUSE_MIN_NS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Ring ring;
  private final Sampler sampler;
  private final LongSupplier nanoTime;

  /**
   * How many go into the ring before the next one that is stamped. Written with a stamp only: what
   * is written with each tuple takes from other processors' caches what happens to lie beside it.
   */
  private long next;

  /** As many had gone in before the last one; -1 when there was none. */
  private long last = -1;

  /**
   * @param rings of the mailbox: a thousand a second of all of them together tell enough
   */
  Stamps(
      final Ring ring, final ComponentConfig config, final int rings, final LongSupplier nanoTime) {
    this.ring = ring;
    sampler = new Sampler(config, rings * PAUSE_MIN_NS);
    this.nanoTime = nanoTime;
    next = sampler.picks() ? 0 : Long.MAX_VALUE;
  }

  /** What goes into the ring for a tuple. */
  Object next(final Object tuple) {
    return ring.produced() < next ? tuple : stamped(tuple);
  }

  /** The ring has no room for what {@link #next} gave last. */
  void onRefused() {
    if (last == ring.produced()) {
      next = last;
    }
  }

  /** Who takes out of the ring has slept for want of input. */
  void onSleep() {
    sampler.onSleep();
    next = Math.min(next, ring.produced() + sampler.gap());
  }

  private Stamped stamped(final Object tuple) {
    final long nowNs = nanoTime.getAsLong();
    final long place = ring.produced();
    // What found no room is stamped anew whenever it is offered: that is one sample, not a flow.
    if (place != last) {
      sampler.onSample(nowNs);
      last = place;
    }
    next = place + sampler.gap();
    return new Stamped(tuple, nowNs);
  }
}
