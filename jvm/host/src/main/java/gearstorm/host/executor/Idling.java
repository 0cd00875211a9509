package gearstorm.host.executor;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * What an executor does in rounds without work: it spins a little, then it may sleep until it is
 * woken. When its worker's executors sleep too often for that, it naps twice before: during a nap
 * input gathers and nobody pays for a wake-up.
 *
 * <p>A nap that ends with input makes the next ones longer: of many busy executors on few
 * processors each would else be switched to for a handful of tuples, with all it touches gone from
 * the caches. A nap in vain makes them short again, so that a quiet executor answers at once. The
 * executor's thread only.
 */
final class Idling {
  static final long SPIN = 0;
  static final long SLEEP = -1;

  private static final int SPINS = 20;
  private static final int NAPS = 2;
  private static final long NAP_MIN_NS = TimeUnit.MICROSECONDS.toNanos(20);
  private static final long NAP_MAX_NS = TimeUnit.MILLISECONDS.toNanos(2);

  private final long napMaxNs;
  private final BooleanSupplier maySleepAtOnce;
  private long napNs = NAP_MIN_NS;
  private int rounds;

  /**
   * @param executors of the worker
   * @param processors of the machine
   * @param maySleepAtOnce whether it may do without naps, asked once before them
   */
  Idling(final int executors, final int processors, final BooleanSupplier maySleepAtOnce) {
    this.maySleepAtOnce = maySleepAtOnce;
    napMaxNs = Math.min(NAP_MAX_NS, NAP_MIN_NS * Math.max(1, executors / processors));
  }

  /** There was work in this round. */
  void onWork() {
    final boolean napped = rounds > SPINS && rounds <= SPINS + NAPS;
    if (napped) {
      napNs = Math.min(2 * napNs, napMaxNs);
    }
    rounds = 0;
  }

  /** There was none: how long to nap, in nanoseconds, or {@link #SPIN} or {@link #SLEEP}. */
  long next() {
    if (rounds > SPINS + NAPS) {
      return SLEEP;
    }
    rounds++;
    if (rounds <= SPINS) {
      return SPIN;
    }
    if (rounds == SPINS + 1 && maySleepAtOnce.getAsBoolean()) {
      rounds = SPINS + NAPS + 1;
      return SLEEP;
    }
    if (rounds <= SPINS + NAPS) {
      return napNs;
    }
    napNs = NAP_MIN_NS;
    return SLEEP;
  }
}
