package gearstorm.host.executor;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * What an executor does in rounds without work: it spins a little, then it waits. Usually it sleeps
 * and is woken by the very next input. In the midst of a flow, or while the executors of its worker
 * do little else than fall asleep and wake, it lets input gather for a while: a change of threads
 * costs as much as hundreds of tuples, and who is switched to finds all that it touches gone from
 * the caches. A wait that gathers nothing is followed by sleep. The executor's thread only.
 */
final class Idling {
  static final long SPIN = 0;
  static final long SLEEP = Long.MAX_VALUE;

  private static final int SPINS = 20;

  /** Who has done so much since it waited last is in the midst of a flow. */
  private static final long FLOW_MIN = 16;

  private static final long GATHER_MIN_NS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long GATHER_MAX_NS = 6 * GATHER_MIN_NS;

  /** So many executors of one processor get the shortest time; a multiple of them a multiple. */
  private static final int EXECUTORS_PER_MILLISECOND = 12;

  private final long gatherNs;
  private final BooleanSupplier maySleepAtOnce;
  private int rounds;
  private long workAtWait;

  /**
   * @param executors of the worker
   * @param processors of the machine
   * @param maySleepAtOnce whether who has done little may sleep, asked before it does
   */
  Idling(final int executors, final int processors, final BooleanSupplier maySleepAtOnce) {
    this.maySleepAtOnce = maySleepAtOnce;
    final long turnNs = GATHER_MIN_NS * executors / processors / EXECUTORS_PER_MILLISECOND;
    gatherNs = Math.max(GATHER_MIN_NS, Math.min(GATHER_MAX_NS, turnNs));
  }

  /** There was work in this round. */
  void onWork() {
    rounds = 0;
  }

  /**
   * There was none: how long to let input gather, in nanoseconds, or {@link #SPIN} or {@link
   * #SLEEP}.
   *
   * @param workDone how many tuples were ever taken or emitted
   */
  long next(final long workDone) {
    if (rounds < SPINS) {
      rounds++;
      return SPIN;
    }
    final long work = workDone - workAtWait;
    workAtWait = workDone;
    final boolean gathers = work >= FLOW_MIN || (work > 0 && !maySleepAtOnce.getAsBoolean());
    return gathers ? gatherNs : SLEEP;
  }
}
