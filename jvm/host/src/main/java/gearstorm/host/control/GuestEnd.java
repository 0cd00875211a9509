package gearstorm.host.control;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/** Ends a worker in a process that belongs to somebody else, and tells him. */
final class GuestEnd implements WorkerEnd {
  private final IntConsumer onEnd;
  private final AtomicBoolean ending = new AtomicBoolean();

  /**
   * @param onEnd takes the exit code that a process of the worker's own would have had
   */
  GuestEnd(final IntConsumer onEnd) {
    this.onEnd = onEnd;
  }

  @Override
  public boolean hasBegun() {
    return ending.get();
  }

  /** The limit is for the executors to keep: nothing can be forced to end here. */
  @Override
  public boolean begin(final int exitCode, final long limitMs, final Runnable lastWork) {
    if (!ending.compareAndSet(false, true)) {
      return false;
    }
    new Thread(() -> end(exitCode, lastWork), "gearstorm-end").start();
    return true;
  }

  @Override
  public void now(final int exitCode) {
    onEnd.accept(exitCode);
  }

  private void end(final int exitCode, final Runnable lastWork) {
    try {
      lastWork.run();
    } finally {
      onEnd.accept(exitCode);
    }
  }
}
