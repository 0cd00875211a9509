package gearstorm.host.executor;

import java.util.concurrent.TimeUnit;

/**
 * Picks one of so many tuples for a latency measurement, which costs two readings of the clock; one
 * thread. At the default rate of Storm it picks fewer where these would follow too quickly, which
 * tell no more.
 */
final class Sampler {
  private static final double DEFAULT_RATE = 0.05;
  private static final long PAUSE_MIN_NS = TimeUnit.MICROSECONDS.toNanos(100);
  private static final int PAUSE_FACTOR_MAX = 4;
  private static final int STRETCH_MAX = 64;

  /** So many in quick succession tell enough of a short run. */
  private static final int QUICK_MIN = 256;

  private final int every;
  private final boolean stretches;
  private final long pauseMinNs;
  private int stretch = 1;
  private int quick;
  private int left;
  private long lastNs;

  /** Picks ten thousand a second at most, at the default rate. */
  Sampler(final ComponentConfig config) {
    this(config, PAUSE_MIN_NS);
  }

  /**
   * @param pauseMinNs in a steady flow there is more than this between two picks, at the default
   *     rate
   */
  Sampler(final ComponentConfig config, final long pauseMinNs) {
    this.pauseMinNs = pauseMinNs;
    final double rate = config.number("topology.stats.sample.rate", DEFAULT_RATE);
    every = rate <= 0 ? Integer.MAX_VALUE : (int) Math.max(1, Math.round(1 / rate));
    stretches = rate > 0 && rate <= DEFAULT_RATE; // who asks for more gets it
    left = rate <= 0 ? every : 1; // the first at once, so that a quiet stream has a latency too
  }

  boolean picks() {
    left--;
    if (left > 0) {
      return false;
    }
    left = gap();
    return true;
  }

  /** Of so many from now on the last one is to be picked. */
  int gap() {
    return (int) Math.min(Integer.MAX_VALUE, (long) every * stretch);
  }

  /** The tuple that was picked is measured from now on. */
  void onSample(final long nowNs) {
    final long pauseNs = nowNs - lastNs;
    lastNs = nowNs;
    if (stretches && pauseNs < pauseMinNs) {
      quick++;
      stretch = quick < QUICK_MIN ? 1 : Math.min(2 * stretch, STRETCH_MAX);
    } else if (pauseNs > PAUSE_FACTOR_MAX * pauseMinNs) {
      stretch = Math.max(1, stretch / 2);
    }
  }

  /** The executor has so little to do that it sleeps. */
  void onSleep() {
    stretch = 1;
    quick = 0;
    left = Math.min(left, every);
  }
}
