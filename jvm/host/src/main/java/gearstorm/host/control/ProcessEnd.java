package gearstorm.host.control;

import java.util.concurrent.atomic.AtomicBoolean;

/** Ends the process of this worker. */
final class ProcessEnd implements WorkerEnd {
  private final AtomicBoolean ending = new AtomicBoolean();

  @Override
  public boolean hasBegun() {
    return ending.get();
  }

  /** After the limit the process ends whatever the last work, or a shutdown hook, is doing. */
  @Override
  public boolean begin(final int exitCode, final long limitMs, final Runnable lastWork) {
    if (!ending.compareAndSet(false, true)) {
      return false;
    }
    final Thread limit = new Thread(() -> haltAfter(limitMs, exitCode), "gearstorm-end-limit");
    limit.setDaemon(true);
    limit.start();
    new Thread(() -> exit(exitCode, lastWork), "gearstorm-end").start();
    return true;
  }

  @Override
  public void now(final int exitCode) {
    Runtime.getRuntime().halt(exitCode);
  }

  private static void exit(final int exitCode, final Runnable lastWork) {
    try {
      lastWork.run();
    } finally {
      System.exit(exitCode);
    }
  }

  private static void haltAfter(final long limitMs, final int exitCode) {
    try {
      Thread.sleep(limitMs);
    } catch (InterruptedException early) {
      // nobody interrupts this thread; if someone does, the limit is now
    }
    Runtime.getRuntime().halt(exitCode);
  }
}
