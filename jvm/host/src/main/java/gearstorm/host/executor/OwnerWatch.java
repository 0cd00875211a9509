package gearstorm.host.executor;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/**
 * Tells whether user code keeps the owner of an output. An owner that is not in a new loop since
 * the last look may also just wait for the processor, as most executors of a busy worker do; to
 * help it would stop all of them, as the first foreign entry into a {@link
 * gearstorm.host.flow.Gate} does. Used by one thread at a time.
 */
final class OwnerWatch {
  /** So much of its own time in one loop is a call that takes long. */
  private static final long LONG_CALL_NS = TimeUnit.MILLISECONDS.toNanos(1);

  /**
   * A thread that neither runs nor waits for something waits for the processor, or for the
   * operating system inside a call such as a read. From so many looks on it is taken for the
   * latter.
   */
  private static final int LOOKS_WITHOUT_RUNNING_MAX = 10;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final ExecutorOutput output;
  private final Thread owner;
  private long loops;

  /** Looks since its loop began. */
  private int looks;

  /** Its processor time at the first of them. */
  private long ranNs;

  OwnerWatch(final ExecutorOutput output) {
    this.output = output;
    owner = output.owner();
    loops = output.loops();
  }

  /** Looks again; whether the owner is in the same call of user code as it was at the last look. */
  boolean isKept() {
    final long nowLoops = output.loops();
    if (nowLoops != loops) {
      loops = nowLoops;
      looks = 0;
      return false;
    }
    looks++;
    return owner.getState() == Thread.State.RUNNABLE ? runsLong() : !output.ownerRests();
  }

  private boolean runsLong() {
    final long nowNs = THREADS.getThreadCpuTime(owner.getId());
    if (looks == 1) {
      ranNs = nowNs;
    }
    return nowNs - ranNs >= LONG_CALL_NS || looks > LOOKS_WITHOUT_RUNNING_MAX;
  }
}
