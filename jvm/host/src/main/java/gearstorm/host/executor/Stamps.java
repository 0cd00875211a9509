package gearstorm.host.executor;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Stamps some of the tuples that go into one ring, so that it is known how long they wait there.
 * One thread at a time.
 */
final class Stamps {
  private static final long PAUSE_MIN_NS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Sampler sampler;
  private final LongSupplier nanoTime;

  /**
   * @param rings of the mailbox: a thousand a second of all of them together tell enough
   */
  Stamps(final ComponentConfig config, final int rings, final LongSupplier nanoTime) {
    sampler = new Sampler(config, rings * PAUSE_MIN_NS);
    this.nanoTime = nanoTime;
  }

  /** What goes into the ring for a tuple. */
  Object next(final Object tuple) {
    return sampler.picks() ? stamped(tuple) : tuple;
  }

  /** Who takes out of the ring has slept for want of input. */
  void onSleep() {
    sampler.onSleep();
  }

  private Stamped stamped(final Object tuple) {
    final long nowNs = nanoTime.getAsLong();
    sampler.onSample(nowNs);
    return new Stamped(tuple, nowNs);
  }
}
